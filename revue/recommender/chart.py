"""What those are shown who want no personal feed: popular and new, in one order for everybody of a language.

The order is made once every ten minutes and kept as a row, so that every process, and every page of a visit, goes by
the same one. Nothing here takes a viewer.
"""

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from django.db import connection

from revue.events.policy import HALF_LIFE_S
from revue.platform import clock
from revue.platform.paging import BadCursor
from revue.recommender.contracts import Why
from revue.recommender.engine.formula import FORMULA
from revue.recommender.models import Chart

PERIOD_S: Final = 600  # of one order: a new video waits at most so long, and a visit rarely spans two
KEPT: Final = 24 * 3600 // PERIOD_S  # periods: a page that is older begins anew
MOST: Final = 5000  # videos
FRESH: Final = 3.0  # a video made just now stands level with one that twenty people finished lately
FRESH_HALF_LIFE_S: Final = FORMULA.fresh_half_life_s
CHANCE: Final = 0.5  # what a day's dice may add: of equals not the same one is first for ever
WINDOW, MOST_OF_AUTHOR = FORMULA.block, FORMULA.author_most  # of so many videos in a row, at most two by one author
_LOOKED_AHEAD = 200  # videos, for one by another author

_SCORES = """
SELECT s.id, s.author_id, s.popular, s.fresh FROM (
    SELECT v.id, v.author_id,
        ln(1 + coalesce(c.recent_completions, 0) * power(0.5, least(60,
            greatest(0, extract(epoch FROM now() - c.recent_at)::float8 / %(half_life)s)))) AS popular,
        %(fresh)s * power(0.5, least(60,
            greatest(0, extract(epoch FROM now() - v.published_at)::float8 / %(fresh_half_life)s))) AS fresh,
        %(chance)s * (hashint8extended(v.id, %(seed)s)::float8 / 18446744073709551616 + 0.5) AS chance
    FROM videos_video AS v
    JOIN accounts_person AS p ON p.id = v.author_id AND p.is_active
    LEFT JOIN events_videocounts AS c ON c.video_id = v.id
    WHERE v.state = 'published' AND v.visibility = 'everyone' AND v.published_at IS NOT NULL
) AS s
ORDER BY coalesce(s.popular, 0) + s.fresh + s.chance DESC, s.id DESC
LIMIT %(most)s
"""
_SLICE = """
SELECT videos[%(first)s + 1 : %(first)s + %(count)s], reasons[%(first)s + 1 : %(first)s + %(count)s],
    cardinality(videos) <= %(first)s + %(count)s
FROM recommender_chart WHERE period = %(period)s AND locale = %(locale)s
"""
_ABOUT = """
SELECT p.at - 1, p.video, p.why
FROM recommender_chart AS c
CROSS JOIN LATERAL unnest(c.videos, c.reasons) WITH ORDINALITY AS p (video, why, at)
JOIN recommender_videotopic AS t ON t.video_id = p.video AND t.topics @> ARRAY[%(topic)s::smallint]
WHERE c.period = %(period)s AND c.locale = %(locale)s AND p.at > %(first)s
ORDER BY p.at LIMIT %(count)s
"""
_TOPICS = """
SELECT topic, count(*)
FROM recommender_chart AS c
CROSS JOIN LATERAL unnest(c.videos) AS p (video)
JOIN recommender_videotopic AS t ON t.video_id = p.video
CROSS JOIN LATERAL unnest(t.topics) AS topic
WHERE c.period = %s AND c.locale = %s
GROUP BY topic ORDER BY count(*) DESC, topic
"""
_KEEP = "INSERT INTO recommender_chart (period, locale, videos, reasons) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
Place = tuple[int, Why]  # a video and why it stands there


def current_period() -> int:
    """Which order holds now."""
    return int(clock.now().timestamp()) // PERIOD_S


def places(*, period: int, locale: str, first: int, count: int) -> tuple[list[Place], bool]:
    """`count` places of an order from `first` on, and whether nothing comes after them.

    Args:
        period: `current_period` of when the visit began.
        locale: whose order.
        first: from 0.
        count: how many.

    Raises:
        BadCursor: the order is too old.
    """
    found = _slice(period, locale, first, count)
    if found is None and period == current_period():
        _make(period, locale)
        found = _slice(period, locale, first, count)
    if found is None:
        raise BadCursor
    return found


def places_about(*, period: int, locale: str, topic_id: int, first: int, count: int) -> list[tuple[int, Place]]:
    """Up to `count` places of an order, from `first` on, whose videos are about a topic; each with its number.

    Raises:
        BadCursor: the order is too old.
    """
    places(period=period, locale=locale, first=0, count=1)  # so that it is there
    with connection.cursor() as cursor:
        cursor.execute(_ABOUT, {"period": period, "locale": locale, "topic": topic_id, "first": first, "count": count})
        return [(at, (video_id, Why(why))) for at, video_id, why in cursor.fetchall()]


def topics_in(*, period: int, locale: str) -> list[int]:
    """What the videos of an order are about, most first.

    Raises:
        BadCursor: the order is too old.
    """
    places(period=period, locale=locale, first=0, count=1)  # so that it is there
    with connection.cursor() as cursor:
        cursor.execute(_TOPICS, [period, locale])
        return [row[0] for row in cursor.fetchall()]


def forget_old() -> None:
    """Drop the orders of yesterday. Harmless to repeat."""
    Chart.objects.filter(period__lt=current_period() - KEPT).delete()


def _slice(period: int, locale: str, first: int, count: int) -> tuple[list[Place], bool] | None:
    with connection.cursor() as cursor:
        cursor.execute(_SLICE, {"period": period, "locale": locale, "first": first, "count": count})
        row = cursor.fetchone()
    return ([*zip(row[0], map(Why, row[1]), strict=True)], row[2]) if row else None


def _make(period: int, locale: str) -> None:
    """Make an order and keep it; of two that do so at once the first one's holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SCORES,
            {
                "half_life": HALF_LIFE_S,
                "fresh": FRESH,
                "fresh_half_life": FRESH_HALF_LIFE_S,
                "chance": CHANCE,
                "seed": _seed(period, locale),
                "most": MOST,
            },
        )
        rows = [*spread(cursor.fetchall())]
        videos, reasons = [row[0] for row in rows], [_why(row[2] or 0, row[3]).value for row in rows]
        cursor.execute(_KEEP, [period, locale, videos, reasons])


def _seed(period: int, locale: str) -> int:
    """The dice of a day and a language."""
    words = f"{period * PERIOD_S // 86_400}/{locale}".encode()
    return int.from_bytes(hashlib.blake2b(words, digest_size=8, person=b"revue-chart").digest(), signed=True)


def _why(popular: float, fresh: float) -> Why:
    """The larger term; by chance where neither lifts a video above what the dice may."""
    if max(popular, fresh) <= CHANCE:
        return Why.CHANCE
    return Why.FRESH if fresh >= popular else Why.FINISHED


Row = tuple[int, int, float | None, float]  # video, author, popularity, freshness


def spread(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows, with authors apart where others are left: see `WINDOW`, and never one twice in a row."""
    left, authors = [*rows], deque[int](maxlen=WINDOW - 1)
    while left:
        ahead = left[:_LOOKED_AHEAD]
        place = next((at for at, row in enumerate(ahead) if _may_follow(row[1], authors)), None)
        if place is None:
            place = next((at for at, row in enumerate(ahead) if not authors or row[1] != authors[-1]), 0)
        row = left.pop(place)
        authors.append(row[1])
        yield row


def _may_follow(author: int, authors: deque[int]) -> bool:
    return author not in [*authors][-1:] and authors.count(author) < MOST_OF_AUTHOR
