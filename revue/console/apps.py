"""Django's entry for `revue.console`."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Names the app and, when ready, shows the models in the console."""

    name = "revue.console"
    label = "console"

    def ready(self) -> None:
        """Fill the site once every app's models exist."""
        from revue.console import registry  # noqa: PLC0415 - models exist only now
        from revue.console.site import site  # noqa: PLC0415

        registry.register(site)
