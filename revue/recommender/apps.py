"""Django's entry for `revue.recommender`."""

from django.apps import AppConfig

from revue.recommender import queries
from revue.videos import hooks


class RecommenderConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.recommender"
    label = "recommender"

    def ready(self) -> None:
        """Look at the catalogue again at once when this process publishes or deletes a video."""
        hooks.on_published(queries.catalogue_changed)
        hooks.on_deleted(queries.catalogue_changed)
