"""Django's entry for `revue.console`."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.console"
    label = "console"
