"""Videos that say what was asked for."""

import datetime
from typing import Any, Final

from django.db import connection

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.events.policy import viewer_key
from revue.search import asked, ranking, sources
from revue.search.asked import Asked
from revue.search.contracts import Filters, Seen, Since, Sort, Span, VideoHit, VideoHits
from revue.search.documents import ALIKE
from revue.search.queries.places import Place, place_of
from revue.search.words import words

AGES: Final = {
    Since.DAY: datetime.timedelta(days=1),
    Since.WEEK: datetime.timedelta(days=7),
    Since.MONTH: datetime.timedelta(days=30),
    Since.HALF_YEAR: datetime.timedelta(days=182),
}
_SEEN: Final = """
    EXISTS (SELECT 1 FROM events_seen AS e WHERE e.viewer = %(viewer_key)s AND e.video_id = i.video_id)
"""
_FILTERS: Final = {
    Seen.WATCHED: _SEEN,
    Seen.UNWATCHED: f"NOT {_SEEN}",
    Seen.LIKED: "EXISTS (SELECT 1 FROM social_like AS e WHERE e.person_id = %(viewer)s AND e.video_id = i.video_id)",
}
_PUBLISHED: Final = "extract(epoch FROM published_at)::float8"
_KEYS: Final = {Sort.RELEVANCE: ranking.VIDEO_SCORE, Sort.LIKES: "popular::float8", Sort.DATE: _PUBLISHED}
# Of what matches as many are looked at as can be compared; by the order itself where that needs no comparing.
_FIRST: Final = {Sort.RELEVANCE: "i.published_at", Sort.LIKES: "popular", Sort.DATE: "i.published_at"}
_FOUND: Final = f"""
WITH matching AS (
    SELECT i.video_id, i.words, i.published_at, {ranking.POPULAR_THEN} AS popular
    FROM search_video AS i
    JOIN videos_video AS v ON v.id = i.video_id
    JOIN accounts_person AS p ON p.id = v.author_id
    WHERE i.words @@ %(query)s::tsquery AND {sources.FINDABLE} AND i.published_at <= %(at)s{{filters}}
    ORDER BY {{first}} DESC, i.video_id DESC LIMIT {ranking.MOST_COMPARED}
), page AS (
    SELECT video_id, words, {{key}} AS key FROM matching
), shown AS (
    SELECT video_id, words, key FROM page
    WHERE %(key)s::float8 IS NULL OR (key, video_id) < (%(key)s::float8, %(last)s::bigint)
    ORDER BY key DESC, video_id DESC LIMIT %(limit)s
)
SELECT video_id, key, ARRAY(
    SELECT DISTINCT place FROM unnest(words) AS l (lexeme, places, weights), unnest(l.places) AS place
    WHERE place < {ALIKE} AND (l.lexeme = ANY (%(lexemes)s::text[])
        OR (%(beginning)s <> '' AND starts_with(l.lexeme, %(beginning)s)))
    ORDER BY place
) FROM shown ORDER BY key DESC, video_id DESC
"""  # noqa: S608 - put together from constants


def videos(*, viewer: Viewer, q: str, filters: Filters, cursor: str = "", limit: int) -> VideoHits:
    """Public videos that say all of what is asked; where nothing does, those that say some of it.

    Two SELECTs, three where nothing says all of it; none for a question without a word.

    Args:
        viewer: who asks.
        q: what was typed.
        filters: which of them, in which order.
        cursor: `next_cursor` of the page before.
        limit: at most so many.

    Raises:
        SignInNeeded: a visitor asks for what they have watched or liked.
        BadCursor: the cursor is not ours, or belongs to another question.
    """
    if filters.seen is not Seen.ANY:
        person_id_of(viewer)
    name = f"videos.{filters.sort}.{filters.since}.{filters.seen}.{q}"
    place, question = place_of(cursor, name), asked.asked(q)
    if not question:
        return VideoHits((), None, is_partial=False)
    rows = _rows(viewer, question, filters, place, limit + 1)
    if not rows and not cursor and len(question.terms) > 1:
        place = Place(place.at, is_partial=True)
        rows = _rows(viewer, question, filters, place, limit + 1)
    hits = tuple(VideoHit(video_id, tuple(places)) for video_id, _, places in rows[:limit])
    after = place.after(rows[limit - 1][1], rows[limit - 1][0]).sign(name) if len(rows) > limit else None
    return VideoHits(hits, after, place.is_partial)


def caption_spans(caption: str, hit: VideoHit) -> tuple[Span, ...]:
    """Where in a caption the words stand that were asked for."""
    found = words(caption)
    return tuple((found[at - 1].start, found[at - 1].end) for at in hit.places if at <= len(found))


def _rows(
    viewer: Viewer, question: Asked, filters: Filters, place: Place, limit: int
) -> list[tuple[int, float, list[int]]]:
    """(video, what it is ordered by, numbers of words) from a place on."""
    values: dict[str, Any] = {
        "query": question.any_of_it if place.is_partial else question.all_of_it,
        "lexemes": question.lexemes,
        "beginning": question.beginning,
        "at": place.at,
        "key": place.key,
        "last": place.last,
        "since": place.at - AGES[filters.since] if filters.since in AGES else None,
        "viewer": viewer.person_id,
        "viewer_key": viewer_key(viewer),
        "limit": limit,
    }
    more = " AND i.published_at >= %(since)s" if filters.since in AGES else ""
    more += f" AND {_FILTERS[filters.seen]}" if filters.seen in _FILTERS else ""
    statement = _FOUND.format(filters=more, first=_FIRST[filters.sort], key=_KEYS[filters.sort])
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
