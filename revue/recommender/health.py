"""What `revue doctor` says of the engine behind For You."""

from django.conf import settings
from django.db import DatabaseError

from revue.recommender import parameters, queries
from revue.recommender.engine import extra
from revue.recommender.snapshot import snapshot
from revue.recommender.training import steps


def problem() -> str | None:
    """Why the sequence model is not learnt or not served although it should be, or None."""
    if settings.TRAINER and not extra.is_installed():
        return extra.MISSING
    try:
        newest = steps.newest()
    except DatabaseError:
        return "The engine cannot be looked at while the database does not answer."
    if newest is not None and newest.refused:
        return f"The newest weights are not served: {newest.refused}. The feed goes on with those before."
    return None


def told() -> str:
    """Which engine ranks, in one line."""
    parameters.held.look(snapshot.current())
    engine = queries.engine()
    if engine.model_version is None:
        return "taste, without a sequence model"
    judged = "" if engine.auc is None else f", AUC {engine.auc:.3f} before learning"
    version = f"version {engine.model_version}, {engine.model_age_s:.0f} s old"
    return f"{engine.name}; {version}, trust {engine.trust:.2f}{judged}"
