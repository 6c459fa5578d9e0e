"""Django's entry for `revue.social`."""

from django.apps import AppConfig


class SocialConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.social"
    label = "social"
