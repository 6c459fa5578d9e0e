"""Django's entry for `revue.api`."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.api"
    label = "api"
