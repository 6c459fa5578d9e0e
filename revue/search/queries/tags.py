"""Tags by how they begin."""

from typing import Any, Final

from django.db import connection

from revue.search import asked, ranking
from revue.search.contracts import TagHit, TagHits
from revue.search.queries.places import Place, place_of
from revue.videos import policy

# A tag of few videos is looked up once more before it is told: the last of them may have been hidden since. They are
# counted: with EXISTS the planner trusts to meet one soon, and reads all videos there are for a tag that has none.
_FEW: Final = 20
_FOUND: Final = f"""
WITH matching AS (
    SELECT i.name, i.plain, {ranking.POPULAR_THEN} AS popular FROM {{among}} AS i
    WHERE i.plain LIKE %(pattern)s ORDER BY popular DESC, i.name LIMIT {ranking.MOST_COMPARED}
), known AS (
    SELECT name, plain = %(plain)s AS is_whole, popular FROM matching
)
SELECT k.name, k.is_whole, k.popular FROM known AS k
WHERE (%(last)s::text IS NULL
    OR (NOT k.is_whole, -k.popular, k.name) > (NOT %(is_whole)s::boolean, -%(popular)s::int, %(last)s::text))
    AND (k.popular > {_FEW} OR 0 < (
        SELECT count(*) FROM videos_video AS v JOIN accounts_person AS p ON p.id = v.author_id AND p.is_active
        WHERE {policy.LISTED} AND v.tags @> ARRAY[k.name]::varchar[]
    ))
ORDER BY k.is_whole DESC, k.popular DESC, k.name LIMIT %(limit)s
"""  # noqa: S608 - put together from constants
_ALL: Final = "search_tag"
_POPULAR: Final = f"""(
    SELECT * FROM search_tag ORDER BY popular DESC, name LIMIT {ranking.MOST_POPULAR}
)"""  # noqa: S608 - put together from constants


def tags(*, q: str, cursor: str = "", limit: int) -> TagHits:
    """Tags of public videos that begin so, the very same first, then those of most videos. One SELECT.

    Raises:
        BadCursor: the cursor is not ours, or belongs to another question.
    """
    name = f"tags.{q}"
    place, plain = place_of(cursor, name), asked.tag_beginning(q)
    if not plain:
        return TagHits((), None)
    rows = _rows(plain, place, limit + 1)
    hits = tuple(TagHit(tag, popular, ((0, asked.beginning_in(tag, len(plain))),)) for tag, _, popular in rows[:limit])
    after = place.after(list(rows[limit - 1][1:]), rows[limit - 1][0]).sign(name) if len(rows) > limit else None
    return TagHits(hits, after)


def _rows(plain: str, place: Place, limit: int) -> list[tuple[str, bool, int]]:
    """(tag, whether it is all of what is asked, its videos) from a place on."""
    is_whole, popular = place.key or (None, None)
    values: dict[str, Any] = {
        "pattern": plain.translate({ord(letter): f"\\{letter}" for letter in "\\%_"}) + "%",
        "plain": plain,
        "at": place.at,
        "is_whole": is_whole,
        "popular": popular,
        "last": place.last,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FOUND.format(among=_POPULAR if len(plain) <= ranking.FEW_LETTERS else _ALL), values)
        return list(cursor.fetchall())
