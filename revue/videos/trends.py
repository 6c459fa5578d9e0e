"""What more and more people do: how growth is reckoned, and which tags have it. Sounds are in `soundtracks`.

People who used a thing this week, each worth less the longer ago, times how much more that is than the same sum was a
week before. One person counts once a week, by their latest use, whatever they post. What one person alone uses is no
trend. Only public videos take part.
"""

import dataclasses
import datetime
from collections.abc import Collection
from typing import Any, Final

from django.core.cache import cache
from django.db import connection

from revue.platform import clock
from revue.videos import policy

WEEK: Final = datetime.timedelta(days=7)
DAYS: Final = 14  # that are shown
HALF_LIFE: Final = datetime.timedelta(days=2)  # a use counts half as much two days later
SMOOTHING: Final = 3.0  # people added to both weeks, so that two instead of one is no doubling
RANKED_FOR_S: Final = 3600  # how long a ranking stands, should no worker make the next one
RANKED_BY_ASKING_FOR_S: Final = 60  # … and one that had to be made while somebody waited for it
MOST: Final = 30
_RANKING: Final = "videos.rising_tags"

_USED: Final = """
used AS (
    SELECT
        {thing} AS thing, v.author_id,
        exp(-ln(2) * extract(epoch FROM %(now)s - max(published_at) FILTER (WHERE published_at >= %(week)s))::float8
            / %(half_life_s)s) AS now,
        exp(-ln(2) * extract(epoch FROM %(week)s - max(published_at) FILTER (WHERE published_at < %(week)s))::float8
            / %(half_life_s)s) AS before
    FROM videos_video AS v {more}
    WHERE {listed} AND {known} AND published_at >= %(fortnight)s AND published_at <= %(now)s
    GROUP BY thing, v.author_id
), grown AS (
    SELECT thing, sum(now) AS now, coalesce(sum(before), 0) AS before
    FROM used GROUP BY thing HAVING count(*) > 1 AND sum(now) > 0
)
"""
GROWTH: Final = "g.now * (g.now + %(smoothing)s) / (g.before + %(smoothing)s)"  # of a row `g` of `grown`


def grown(thing: str, *, known: str, more: str = "") -> str:
    """The beginning of a statement: its table `grown` has each thing with its people now and a week before.

    Args:
        thing: what is used, of a video `v`.
        known: whether a video has one.
        more: what is joined to the videos.
    """
    return "WITH" + _USED.format(thing=thing, known=known, more=more, listed=policy.LISTED)


def moments() -> dict[str, Any]:
    """The values that `grown` and `GROWTH` are reckoned with now."""
    now = clock.now()
    return {
        "now": now,
        "week": now - WEEK,
        "fortnight": now - 2 * WEEK,
        "half_life_s": HALF_LIFE.total_seconds(),
        "smoothing": SMOOTHING,
    }


@dataclasses.dataclass(frozen=True, slots=True)
class Uses:
    """Videos with a thing, day by day: the last day is the one that ends now."""

    days: tuple[int, ...]

    @property
    def this_week(self) -> int:
        """In the last seven days."""
        return sum(self.days[-WEEK.days :])

    @property
    def week_before(self) -> int:
        """In the seven days before those."""
        return sum(self.days[: -WEEK.days])


@dataclasses.dataclass(frozen=True, slots=True)
class RisingTag:
    """A tag that more and more people use."""

    name: str  # lower case, without #
    uses: Uses


_AUTHOR: Final = "JOIN accounts_person AS p ON p.id = v.author_id AND p.is_active"
_TAGS: Final = f"""
{grown("t.name", known="true", more=f"{_AUTHOR} CROSS JOIN LATERAL unnest(v.tags) AS t (name)")}
SELECT g.thing FROM grown AS g ORDER BY {GROWTH} DESC, g.thing LIMIT %(limit)s
"""  # noqa: S608 - put together from constants
_DAY: Final = f"{DAYS} - 1 - floor(extract(epoch FROM %(now)s - v.published_at) / 86400)::int"
_TAG_DAYS: Final = f"""
SELECT t.name, {_DAY}, count(*)
FROM videos_video AS v {_AUTHOR} CROSS JOIN LATERAL unnest(v.tags) AS t (name)
WHERE {policy.LISTED} AND v.tags && %(things)s::varchar[] AND t.name = ANY (%(things)s)
    AND v.published_at > %(fortnight)s AND v.published_at <= %(now)s
GROUP BY 1, 2
"""  # noqa: S608 - put together from constants
_SOUND_DAYS: Final = f"""
SELECT v.sound_id, {_DAY}, count(*) FROM videos_video AS v
WHERE {policy.LISTED} AND v.sound_id = ANY (%(things)s::bigint[])
    AND v.published_at > %(fortnight)s AND v.published_at <= %(now)s
GROUP BY 1, 2
"""  # noqa: S608 - put together from constants


def rising_tags() -> list[RisingTag]:
    """Tags whose use grows, most first, as they were last ranked."""
    found: list[tuple[str, tuple[int, ...]]] = cache.get_or_set(_RANKING, _ranked, RANKED_BY_ASKING_FOR_S) or []
    return [RisingTag(name, Uses(days)) for name, days in found]


def rank() -> None:
    """Make the ranking of tags anew, for everybody who asks from now on."""
    cache.set(_RANKING, _ranked(), RANKED_FOR_S)


def sound_uses(sound_ids: Collection[int]) -> dict[int, Uses]:
    """How often sounds were used on each of the last days. One SELECT."""
    return _days(_SOUND_DAYS, list(sound_ids), moments())


def _ranked() -> list[tuple[str, tuple[int, ...]]]:
    values = moments()
    with connection.cursor() as cursor:
        cursor.execute(_TAGS, {**values, "limit": MOST})
        names = [row[0] for row in cursor.fetchall()]
    uses = _days(_TAG_DAYS, names, values)
    return [(name, uses[name].days) for name in names if name in uses]


def _days(statement: str, things: list[Any], values: dict[str, Any]) -> dict[Any, Uses]:
    days: dict[Any, list[int]] = {thing: [0] * DAYS for thing in things}
    with connection.cursor() as cursor:
        cursor.execute(statement, {**values, "things": things})
        for thing, day, count in cursor.fetchall():
            days[thing][day] += count
    return {thing: Uses(tuple(counts)) for thing, counts in days.items()}
