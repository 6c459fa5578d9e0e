"""Django's entry for `revue.demo`."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.demo"
    label = "demo"
