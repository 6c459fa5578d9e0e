"""Django's entry for `revue.events`."""

from django.apps import AppConfig

from revue.accounts import hooks


class EventsConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.events"
    label = "events"

    def ready(self) -> None:
        """A person who leaves takes their events along."""
        from revue.events import actions  # noqa: PLC0415 - models exist only now

        hooks.on_person_deleted(actions.forget_person)
