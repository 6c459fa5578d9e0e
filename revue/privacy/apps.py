"""Django's entry for `revue.privacy`."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.privacy"
    label = "privacy"
