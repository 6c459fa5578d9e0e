"""Django's entry for `revue.recommender`."""

from django.apps import AppConfig


class RecommenderConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.recommender"
    label = "recommender"
