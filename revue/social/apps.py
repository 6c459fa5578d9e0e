"""Django's entry for `revue.social`."""

from django.apps import AppConfig

from revue.accounts import hooks as accounts
from revue.videos import hooks as videos


class SocialConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.social"
    label = "social"

    def ready(self) -> None:
        """People hear that a caption names them; threads outlive who began them; requests end when nobody need ask."""
        from revue.social import actions  # noqa: PLC0415 - models exist only now

        accounts.on_person_deleted(actions.forget_person)
        accounts.on_private_changed(actions.follow_private)
        videos.on_published(actions.tell_named)
        videos.on_edited(actions.tell_named)
