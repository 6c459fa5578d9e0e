"""Explore: what is popular and new, all of it or of one topic, in the order that is the same for everybody.

Whom the viewer has muted is passed over, as in the feed that is everybody's.
"""

from typing import Final

from django.core.cache import cache
from django.utils import translation

from revue.accounts.contracts import Viewer
from revue.feed import marks, policy
from revue.feed.contracts import ShownVideo, VideoPage
from revue.feed.cursors import ChartPlace
from revue.recommender import chart, controls
from revue.recommender.controls import NO_CONTROLS, Controls
from revue.recommender.topics import BY_ID, Topic
from revue.videos import queries as videos

_TOPICS: Final = "feed.explore.topics"


def page(viewer: Viewer, *, topic_id: int | None = None, cursor: str = "", limit: int) -> VideoPage:
    """One page, with the viewer's marks. At most five SELECTs, and two more for the first one who asks in ten minutes.

    Args:
        viewer: who asks; the marks follow from that, and whose videos are passed over.
        topic_id: what the videos are about; None: anything.
        cursor: `next_cursor` of the page before.
        limit: at most so many videos.

    Raises:
        BadCursor: the cursor is not ours, belongs to another list, or is older than a day.
    """
    place = ChartPlace.read(cursor) if cursor else _beginning()
    set_by_viewer = controls.controls_of(viewer, only_personalised=True) if viewer.is_signed_in else NO_CONTROLS
    found: list[ShownVideo] = []
    while len(found) < limit:
        wanted = limit - len(found)
        rows = _rows(place, topic_id, wanted + 1)
        found += _shown(viewer, set_by_viewer, [video_id for _, video_id in rows[:wanted]])
        if len(rows) <= wanted:
            return VideoPage(tuple(found), None)
        place = place.after(rows[wanted][0] - place.position)
    return VideoPage(tuple(found), place.sign())


def topics() -> list[Topic]:
    """What the videos there are about, most first; read anew every ten minutes."""
    place = _beginning()
    key = f"{_TOPICS}.{place.locale}.{place.period}"
    found: list[int] = cache.get_or_set(key, lambda: _topics_in(place), chart.PERIOD_S) or []
    return [BY_ID[topic_id] for topic_id in found if topic_id in BY_ID]


def _beginning() -> ChartPlace:
    return ChartPlace(chart.current_period(), translation.get_language(), 0)


def _topics_in(place: ChartPlace) -> list[int]:
    return chart.topics_in(period=place.period, locale=place.locale)


def _rows(place: ChartPlace, topic_id: int | None, count: int) -> list[tuple[int, int]]:
    """(number of its place, video) from a place on."""
    if topic_id is not None:
        rows = chart.places_about(
            period=place.period, locale=place.locale, topic_id=topic_id, first=place.position, count=count
        )
        return [(at, video_id) for at, (video_id, _) in rows]
    found, _ = chart.places(period=place.period, locale=place.locale, first=place.position, count=count)
    return [(place.position + number, video_id) for number, (video_id, _) in enumerate(found)]


def _shown(viewer: Viewer, controls: Controls, video_ids: list[int]) -> list[ShownVideo]:
    standing = {
        video_id: card
        for video_id, card in videos.cards(viewer=viewer, video_ids=video_ids).items()
        if policy.may_be_listed(card) and not policy.is_kept_out(card, controls)
    }
    shown = marks.shown(viewer, standing)
    return [shown[video_id] for video_id in video_ids if video_id in shown]
