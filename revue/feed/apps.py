"""Django's entry for `revue.feed`."""

from django.apps import AppConfig


class FeedConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.feed"
    label = "feed"
