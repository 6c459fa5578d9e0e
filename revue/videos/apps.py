"""Django's entry for `revue.videos`."""

from django.apps import AppConfig


class VideosConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.videos"
    label = "videos"
