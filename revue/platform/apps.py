"""Django's entry for `revue.platform`."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.platform"
    label = "platform"
