"""Django's entry for `revue.search`."""

from django.apps import AppConfig

from revue.accounts import hooks as accounts
from revue.sounds import hooks as sounds
from revue.videos import hooks as videos


class SearchConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.search"
    label = "search"

    def ready(self) -> None:
        """What is published, changed or renamed is found by its new words from the same transaction on."""
        from revue.search import actions  # noqa: PLC0415 - models exist only now

        for change in (videos.on_published, videos.on_edited, videos.on_remade):
            change(actions.follow_video)
        accounts.on_person_changed(actions.follow_person)
        accounts.on_private_changed(actions.follow_private)
        accounts.on_person_deleted(actions.forget_person)
        sounds.on_sound_changed(actions.follow_sound)
