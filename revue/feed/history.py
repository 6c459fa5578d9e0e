"""What a viewer has watched, as a list of videos."""

import datetime

from revue.accounts.contracts import Viewer
from revue.feed import marks
from revue.feed.contracts import HistoryPage, Watched
from revue.platform import paging
from revue.recommender import history
from revue.recommender.history import Line
from revue.videos import queries as videos

_PAGE = "feed.history"


def page(viewer: Viewer, *, search: str, cursor: str, limit: int) -> HistoryPage:
    """The page at `cursor`; what the viewer may not watch any more is passed over.

    Raises:
        BadCursor: the cursor is not ours, or belongs to another search.
    """
    kind, found = f"{_PAGE}.{search}", list[Watched]()
    after = _read(kind, cursor)
    while True:
        wanted = limit - len(found)
        lines = history.watched(viewer, search=search, after=after, limit=wanted + 1)
        found += _shown(viewer, lines[:wanted])
        if len(lines) <= wanted:
            return HistoryPage(tuple(found), None)
        after = lines[wanted - 1]
        if len(found) == limit:
            return HistoryPage(tuple(found), paging.sign(kind, {"a": after.at.isoformat(), "v": after.video_id}))


def _read(kind: str, cursor: str) -> Line | None:
    if not cursor:
        return None
    data = paging.read(kind, cursor)
    return Line(data["v"], datetime.datetime.fromisoformat(data["a"]), 0)


def _shown(viewer: Viewer, lines: list[Line]) -> list[Watched]:
    cards = videos.cards(viewer=viewer, video_ids=[line.video_id for line in lines])
    shown = marks.shown(viewer, cards)
    return [Watched(shown[line.video_id], line.at, line.watch_ms) for line in lines if line.video_id in shown]
