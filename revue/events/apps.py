"""Django's entry for `revue.events`."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.events"
    label = "events"
