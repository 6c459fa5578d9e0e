"""How far the troupe has come, and whether it should come at all."""

from collections.abc import Sequence

from revue.accounts.contracts import VISITOR
from revue.demo.acts.turn import Turn
from revue.demo.contracts import Progress
from revue.demo.models import Number, Wish
from revue.demo.programme import PROGRAMME
from revue.videos import queries as videos


def progress(turns: Sequence[Turn] = PROGRAMME) -> Progress:
    """How many clips are posted and how many of those play."""
    rows = dict(Number.objects.filter(key__in=[turn.key for turn in turns]).values_list("key", "video_id"))
    playing = videos.cards(viewer=VISITOR, video_ids=[video_id for video_id in rows.values() if video_id])
    return Progress(posted=len(rows), watchable=len(playing), total=len(turns))


def should_raise() -> bool:
    """Whether a start of the instance should raise the troupe, or go on where a killed run stopped.

    An instance that removed its troupe is left alone, and so is one where people post.
    """
    wish = Wish.objects.first()
    if wish is not None:
        return wish.is_wanted and not progress().is_complete
    return not videos.newest_public_ids(limit=1)
