"""Django's entry for `revue.sounds`."""

from django.apps import AppConfig

from revue.accounts import hooks as accounts
from revue.media import hooks as media


class SoundsConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.sounds"
    label = "sounds"

    def ready(self) -> None:
        """A clip's sound becomes a sound, and is nobody's once its maker leaves."""
        from revue.sounds import actions  # noqa: PLC0415 - models exist only now

        media.on_sound_made(actions.keep_sound)
        accounts.on_person_deleted(actions.forget_person)
