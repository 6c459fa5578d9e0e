"""What a viewer has watched, newest first, and taking it away: with a row goes what was learnt from it."""

import dataclasses
import datetime
from typing import Any, Final

from django.db import connection, transaction

from revue.accounts.contracts import Viewer
from revue.events import actions as events
from revue.events.policy import NOBODY, viewer_key
from revue.platform import clock
from revue.platform.errors import SignInNeeded
from revue.recommender.models import Watch

LAST_DAY: Final = datetime.timedelta(hours=24)
LONGEST_SEARCH: Final = 100
_WATCHED = """
SELECT w.video_id, w.at, w.watch_ms FROM recommender_watch AS w
JOIN videos_video AS v ON v.id = w.video_id
JOIN accounts_person AS p ON p.id = v.author_id AND p.is_active
WHERE w.viewer = %(viewer)s
AND (%(at)s::timestamptz IS NULL OR (w.at, w.video_id) < (%(at)s::timestamptz, %(video)s::bigint))
AND (%(like)s::text IS NULL OR v.caption ILIKE %(like)s OR p.handle ILIKE %(like)s OR p.name ILIKE %(like)s)
ORDER BY w.at DESC, w.video_id DESC LIMIT %(limit)s
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A video that a viewer has watched."""

    video_id: int
    at: datetime.datetime  # the last time
    watch_ms: int  # of all views


def watched(viewer: Viewer, *, search: str = "", after: Line | None = None, limit: int = 50) -> list[Line]:
    """What a viewer has watched, newest first.

    Args:
        viewer: whose.
        search: only videos with this in their caption, or in their author's name or handle.
        after: go on after this line.
        limit: at most so many.
    """
    values: dict[str, Any] = {
        "viewer": viewer_key(viewer),
        "at": after and after.at,
        "video": after and after.video_id,
        "like": f"%{_literally(search)}%" if search else None,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WATCHED, values)
        return [Line(*row) for row in cursor.fetchall()]


def _literally(search: str) -> str:
    """A text as a pattern that means just that."""
    return search.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def forget_video(*, viewer: Viewer, video_id: int) -> None:
    """Take one video out of a viewer's history; again changes nothing.

    Raises:
        SignInNeeded: the viewer is nobody in particular.
    """
    _forget(viewer, video_ids=[video_id])


def forget_last_day(*, viewer: Viewer) -> None:
    """Take the last 24 hours out of a viewer's history: the feed is as if they had not been.

    Raises:
        SignInNeeded: the viewer is nobody in particular.
    """
    _forget(viewer, since=clock.now() - LAST_DAY)


def forget_all(*, viewer: Viewer) -> None:
    """Empty a viewer's history: the feed begins as for somebody new. What they have set, liked and followed stays.

    Raises:
        SignInNeeded: the viewer is nobody in particular.
    """
    _forget(viewer)


@transaction.atomic
def _forget(viewer: Viewer, *, video_ids: list[int] | None = None, since: datetime.datetime | None = None) -> None:
    """Remove lines, and what the event log says of the same: a history that is gone is gone everywhere."""
    key = viewer_key(viewer)
    if key == NOBODY:
        raise SignInNeeded
    rows = Watch.objects.filter(viewer=key)
    if video_ids is not None:
        rows = rows.filter(video_id__in=video_ids)
    if since is not None:
        rows = rows.filter(at__gte=since)
    rows.delete()
    events.forget_watched(viewer=viewer, video_ids=video_ids, since=since)
