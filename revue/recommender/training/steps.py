"""How the trainer's minutes went: kept for a month, added up for trust, and shown to whoever asks."""

import datetime
import enum
from typing import Final

from revue.platform import clock
from revue.recommender.engine.trust import Tally
from revue.recommender.models import TrainingStep

KEPT: Final = datetime.timedelta(days=30)
JUDGED: Final = 3000  # labels, the newest, that decide about trust
_MOST_STEPS = 3000  # a label each at least
_DRIFTS = 100  # publications that say what a usual change is


class Kind(enum.StrEnum):
    """What was done."""

    MINUTE = "minute"
    REFIT = "refit"


def keep(step: TrainingStep) -> None:
    """Write down one step."""
    step.refused = step.refused[:200]
    step.save(force_insert=True)


def judged_lately() -> Tally:
    """The newest judged labels added up, at least `JUDGED` of them where there are so many."""
    found = Tally()
    rows = TrainingStep.objects.filter(kind=Kind.MINUTE, judged__gt=0)
    # A refit without trust is another model that has not beaten the one before: it is judged by what comes after it.
    begun = TrainingStep.objects.filter(kind=Kind.REFIT, version__isnull=False, trust=0).order_by("-at").first()
    if begun is not None:
        rows = rows.filter(at__gt=begun.at)
    rows = rows.order_by("-at")[:_MOST_STEPS]
    for judged, long, pairs, model, score in rows.values_list("judged", "long", "pairs", "model_wins", "score_wins"):
        found += Tally(judged, long, pairs, model, score)
        if found.labels >= JUDGED:
            break
    return found


def drifts() -> list[float]:
    """How far the newest published minutes moved."""
    rows = TrainingStep.objects.filter(kind=Kind.MINUTE, drift__isnull=False, version__isnull=False).order_by("-at")
    return [drift for drift in rows.values_list("drift", flat=True)[:_DRIFTS] if drift is not None]


def newest(kind: Kind | None = None) -> TrainingStep | None:
    """The newest step of all, or of a kind."""
    rows = TrainingStep.objects.all() if kind is None else TrainingStep.objects.filter(kind=kind)
    return rows.order_by("-at").first()


def newest_judged() -> TrainingStep | None:
    """The newest minute in which something was predicted that people then did."""
    return TrainingStep.objects.filter(kind=Kind.MINUTE, auc__isnull=False).order_by("-at").first()


def of_the_last_day() -> int:
    """How many there were."""
    return TrainingStep.objects.filter(at__gt=clock.now() - datetime.timedelta(days=1)).count()


def forget_old() -> None:
    """Drop what nobody asks for any more. Harmless to repeat."""
    TrainingStep.objects.filter(at__lt=clock.now() - KEPT).delete()
