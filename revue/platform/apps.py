"""Django's entry for `revue.platform`."""

from django.apps import AppConfig

from revue.platform import health


class PlatformConfig(AppConfig):
    """Names the app and registers the checks that every instance needs."""

    name = "revue.platform"
    label = "platform"

    def ready(self) -> None:
        """Register platform's checks."""
        health.register_checks()
