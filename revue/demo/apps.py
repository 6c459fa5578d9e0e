"""Django's entry for `revue.demo`."""

from django.apps import AppConfig

from revue.videos import hooks


class DemoConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.demo"
    label = "demo"

    def ready(self) -> None:
        """A clip of the troupe that begins to play is applauded by the others."""
        hooks.on_published(_hear)


def _hear(*, video_id: int) -> None:
    """Ask for applause where the clip is one of the troupe's."""
    from revue.demo.models import Number  # noqa: PLC0415 - models are not there yet when this module is read
    from revue.demo.tasks import applaud  # noqa: PLC0415

    if Number.objects.filter(video_id=video_id).exists():
        applaud.enqueue(video_id=video_id, once=f"applaud:{video_id}")
