"""People by what they are called."""

from typing import Any, Final

from django.db import connection

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.search import asked, ranking
from revue.search.asked import Asked
from revue.search.contracts import PersonHit, PersonHits
from revue.search.queries.places import Place, place_of

_FOUND: Final = f"""
WITH matching AS (
    SELECT i.person_id, i.words, {ranking.POPULAR_THEN} AS popular
    FROM {{among}} AS i
    WHERE i.words @@ %(query)s::tsquery
    ORDER BY popular DESC, i.person_id DESC LIMIT {ranking.MOST_COMPARED}
), scored AS (
    SELECT m.person_id, m.popular, {ranking.SCORE} AS key
    FROM matching AS m CROSS JOIN LATERAL (
        SELECT a.id, a.is_suggested FROM accounts_person AS a WHERE a.id = m.person_id AND a.is_active
        OFFSET 0  -- each by itself: the planner would read everybody for a thousand of them
    ) AS p
    WHERE NOT EXISTS (
        SELECT 1 FROM social_block AS b WHERE (b.blocker_id, b.blocked_id) = (%(viewer)s, m.person_id)
            OR (b.blocker_id, b.blocked_id) = (m.person_id, %(viewer)s)
    ) AND (
        NOT %(is_typing)s OR p.is_suggested OR p.id = %(viewer)s
        OR EXISTS (SELECT 1 FROM social_follow AS f WHERE f.follower_id = %(viewer)s AND f.followed_id = p.id)
    )
)
SELECT person_id, key, popular,
    EXISTS (SELECT 1 FROM social_follow AS f WHERE f.follower_id = %(viewer)s AND f.followed_id = person_id),
    EXISTS (SELECT 1 FROM social_followrequest AS r WHERE r.asker_id = %(viewer)s AND r.asked_id = person_id)
FROM scored
WHERE %(key)s::float8 IS NULL OR (key, person_id) < (%(key)s::float8, %(last)s::bigint)
ORDER BY key DESC, person_id DESC LIMIT %(limit)s
"""  # noqa: S608 - put together from constants
_ALL: Final = "search_person"
_POPULAR: Final = f"""(
    SELECT * FROM search_person ORDER BY popular DESC, person_id LIMIT {ranking.MOST_POPULAR}
)"""  # noqa: S608 - put together from constants
# (person, what they are ordered by, followers, whether the viewer follows them, and whether they ask to)
_Row = tuple[int, float, int, bool, bool]


def people(*, viewer: Viewer, q: str, cursor: str = "", limit: int) -> PersonHits:
    """People whose handle, name or words about themselves say all of what is asked. Three SELECTs.

    Who is apart from the viewer by a block (`social.queries.is_apart`) is not found.

    Raises:
        BadCursor: the cursor is not ours, or belongs to another question.
    """
    name = f"people.{q}"
    place, question = place_of(cursor, name), asked.asked(q)
    if not question:
        return PersonHits((), None)
    rows = _rows(viewer, question, place, limit + 1)
    after = place.after(rows[limit - 1][1], rows[limit - 1][0]).sign(name) if len(rows) > limit else None
    return PersonHits(_hits(viewer, question, rows[:limit]), after)


def people_beginning(*, viewer: Viewer, question: Asked, limit: int) -> tuple[PersonHit, ...]:
    """The first of them while somebody types, without who does not want that of strangers. Two SELECTs."""
    if not question:
        return ()
    return _hits(viewer, question, _rows(viewer, question, place_of("", "people"), limit, is_typing=True))


def _rows(viewer: Viewer, question: Asked, place: Place, limit: int, *, is_typing: bool = False) -> list[_Row]:
    """From a place on."""
    is_short = len(question.beginning.lstrip("@")) <= ranking.FEW_LETTERS and len(question.terms) == 1
    values: dict[str, Any] = {
        "query": question.of_people,
        "at": place.at,
        "key": place.key,
        "last": place.last,
        "viewer": viewer.person_id,
        "is_typing": is_typing,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FOUND.format(among=_POPULAR if is_short else _ALL), values)
        return list(cursor.fetchall())


def _hits(viewer: Viewer, question: Asked, rows: list[_Row]) -> tuple[PersonHit, ...]:
    cards = accounts.person_cards([row[0] for row in rows])
    return tuple(
        PersonHit(
            card=cards[person_id],
            followers=followers,
            is_followed=is_followed,
            is_requested=is_requested,
            is_self=person_id == viewer.person_id,
            name_spans=asked.spans(cards[person_id].name, question),
            handle_spans=asked.spans(cards[person_id].handle, question),
        )
        for person_id, _, followers, is_followed, is_requested in rows
        if person_id in cards
    )
