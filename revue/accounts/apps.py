"""Django's entry for `revue.accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.accounts"
    label = "accounts"
