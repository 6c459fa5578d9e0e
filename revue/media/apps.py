"""Django's entry for `revue.media`."""

from django.apps import AppConfig

from revue.accounts import hooks
from revue.platform import checks, storage


class MediaConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.media"
    label = "media"

    def ready(self) -> None:
        """Whoever leaves takes their files along; `revue doctor` asks after ffmpeg and its sandbox."""
        from revue.media import actions, queries  # noqa: PLC0415 - models exist only now

        hooks.on_person_deleted(actions.forget_person)
        checks.register("ffmpeg", queries.ffmpeg_problem)
        checks.register("media store", storage.problem)
        checks.register("av1", queries.av1_problem, is_fatal=False)
        checks.register("sandbox", queries.sandbox_problem, is_fatal=False)
