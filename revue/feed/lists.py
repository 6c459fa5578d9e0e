"""Walking a list of videos, newest first, from keyset to keyset; what the viewer may not watch is passed over."""

import dataclasses
from collections.abc import Callable, Sequence

from revue.accounts.contracts import Viewer
from revue.feed import marks
from revue.feed.contracts import ShownVideo, VideoPage
from revue.feed.cursors import Keyset, ListPlace
from revue.videos import queries as videos
from revue.videos.contracts import VideoCard

Read = Callable[[Keyset | None, int], Sequence[int]]  # (before, limit) → ids, newest first
ReadRows = Callable[[Keyset | None, int], Sequence[tuple[Keyset, int]]]  # the same, each with its place
MayStand = Callable[[VideoCard], bool]


def page(viewer: Viewer, *, name: str, cursor: str, limit: int, read: Read) -> VideoPage:
    """The page of the list `name` at `cursor`."""
    return page_of_rows(
        viewer,
        name=name,
        cursor=cursor,
        limit=limit,
        read=lambda before, count: [(video_id, video_id) for video_id in read(before, count)],
    )


def page_of_rows(
    viewer: Viewer, *, name: str, cursor: str, limit: int, read: ReadRows, may_stand: MayStand = lambda _: True
) -> VideoPage:
    """The page at `cursor` of a list in which videos stand by rows of its own, such as saves."""
    found, place = walk(viewer, ListPlace.read(cursor, name), limit, read, may_stand)
    return VideoPage(tuple(found), place.sign(name) if place else None)


def walk(
    viewer: Viewer, place: ListPlace, limit: int, read: ReadRows, may_stand: MayStand
) -> tuple[list[ShownVideo], ListPlace | None]:
    """Up to `limit` videos from `place` on that may stand in the list, and the place after them; None at the end.

    The next place follows from what was read, not from what was shown, so nothing is skipped and nothing comes twice
    when a video on the way is hidden or deleted.
    """
    before, found = place.before, list[ShownVideo]()
    while True:
        wanted = limit - len(found)
        rows = read(before, wanted + 1)
        video_ids = [video_id for _, video_id in rows[:wanted]]
        cards = videos.cards(viewer=viewer, video_ids=video_ids)
        shown = marks.shown(viewer, {video_id: card for video_id, card in cards.items() if may_stand(card)})
        found += [shown[video_id] for video_id in video_ids if video_id in shown]
        if len(rows) <= wanted:
            return found, None
        before = rows[wanted - 1][0]
        if len(found) == limit:
            return found, dataclasses.replace(place, before=before, position=place.position + len(found))
