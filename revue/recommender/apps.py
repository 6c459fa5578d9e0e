"""Django's entry for `revue.recommender`."""

from django.apps import AppConfig

from revue.accounts import hooks as accounts
from revue.events import hooks as events
from revue.platform import checks
from revue.videos import hooks


class RecommenderConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.recommender"
    label = "recommender"

    def ready(self) -> None:
        """Look at the catalogue again when this process publishes or deletes a video; keep what is known of it."""
        from revue.recommender import (  # noqa: PLC0415 - models exist only now
            controls,
            describe,
            health,
            queries,
            upkeep,
            vectors,
            watches,
        )

        hooks.on_published(queries.catalogue_changed)
        hooks.on_deleted(queries.catalogue_changed)
        hooks.on_published(upkeep.follow_video)
        hooks.on_edited(upkeep.follow_video)
        for change in (hooks.on_published, hooks.on_edited, hooks.on_remade):
            change(describe.follow_video)
        hooks.on_deleted(controls.forget_video)
        hooks.on_deleted(watches.forget_video)
        accounts.on_person_deleted(controls.forget_person)
        accounts.on_person_deleted(watches.forget_person)
        events.on_recorded(watches.note)
        events.on_asked_whether_traced(controls.is_traced)
        checks.register("content vectors", vectors.problem)
        checks.register("feed engine", health.problem, is_fatal=False, tells=health.told)
