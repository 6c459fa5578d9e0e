"""Django's entry for `revue.web`."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.web"
    label = "web"
