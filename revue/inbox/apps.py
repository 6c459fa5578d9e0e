"""Django's entry for `revue.inbox`."""

from django.apps import AppConfig

from revue.accounts import hooks as accounts
from revue.social import hooks as social
from revue.videos import hooks as videos


class InboxConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.inbox"
    label = "inbox"

    def ready(self) -> None:
        """What people do to each other, what becomes of videos and how people sign in makes notices."""
        from revue.inbox.notifications import hear  # noqa: PLC0415 - models exist only now

        social.on_happened(hear.happened)
        social.on_undone(hear.undone)
        social.on_comment_gone(hear.comment_gone)
        videos.on_published(hear.published)
        videos.on_remade(hear.remade)
        videos.on_failed(hear.failed)
        accounts.on_security(hear.security)
