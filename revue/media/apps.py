"""Django's entry for `revue.media`."""

from django.apps import AppConfig

from revue.accounts import hooks


class MediaConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.media"
    label = "media"

    def ready(self) -> None:
        """Whoever leaves takes their files along."""
        from revue.media import actions  # noqa: PLC0415 - models exist only now

        hooks.on_person_deleted(actions.forget_person)
