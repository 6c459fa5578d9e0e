"""Django's entry for `revue.media`."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.media"
    label = "media"
