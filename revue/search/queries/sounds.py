"""Sounds by their name and by whose they are."""

from typing import Any, Final

from django.db import connection

from revue.accounts.contracts import Viewer
from revue.search import asked, ranking
from revue.search.asked import Asked
from revue.search.contracts import SoundHit, SoundHits
from revue.search.queries.places import Place, place_of
from revue.sounds.contracts import Kind
from revue.videos import soundtracks

_FOUND: Final = f"""
WITH matching AS (
    SELECT i.sound_id, i.words, {ranking.POPULAR_THEN} AS popular
    FROM search_sound AS i WHERE i.words @@ %(query)s::tsquery
    ORDER BY popular DESC, i.sound_id DESC LIMIT {ranking.MOST_COMPARED}
), scored AS (
    SELECT sound_id, {ranking.SCORE} AS key FROM matching
)
SELECT sound_id, key FROM scored
WHERE %(key)s::float8 IS NULL OR (key, sound_id) < (%(key)s::float8, %(last)s::bigint)
ORDER BY key DESC, sound_id DESC LIMIT %(limit)s
"""  # noqa: S608 - put together from constants


def sounds(*, viewer: Viewer, q: str, cursor: str = "", limit: int) -> SoundHits:
    """Sounds of the library and of public videos that say all of what is asked. At most seven SELECTs.

    Raises:
        BadCursor: the cursor is not ours, or belongs to another question.
    """
    name = f"sounds.{q}"
    place, question = place_of(cursor, name), asked.asked(q)
    if not question:
        return SoundHits((), None)
    rows = _rows(question, place, limit + 1)
    after = place.after(rows[limit - 1][1], rows[limit - 1][0]).sign(name) if len(rows) > limit else None
    pages = soundtracks.pages(viewer=viewer, sound_ids=[row[0] for row in rows[:limit]])
    known = [page for page in pages if page.uses or page.card.kind is Kind.STARTER]
    return SoundHits(tuple(SoundHit(page, asked.spans(page.card.name, question)) for page in known), after)


def _rows(question: Asked, place: Place, limit: int) -> list[tuple[int, float]]:
    """(sound, what it is ordered by) from a place on."""
    values: dict[str, Any] = {
        "query": question.of_people,
        "at": place.at,
        "key": place.key,
        "last": place.last,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, values)
        return list(cursor.fetchall())
