"""What two people did with each other's things, taken back when a block begins: the other has it no more.

Comments stay where they are, unseen by the other; see decision 0110.
"""

from collections import Counter
from collections.abc import Collection
from typing import Any, Final

from django.db import connection

from revue.events import actions as events
from revue.social import hooks

Row = tuple[int, ...]
_PAIR: Final = """(
    ({one} = %(person)s AND {other} = ANY (%(others)s::bigint[]))
    OR ({one} = ANY (%(others)s::bigint[]) AND {other} = %(person)s)
)"""
_TAKE: Final = f"""
WITH taken AS (
    DELETE FROM {{table}} AS m USING videos_video AS v
    WHERE v.id = m.video_id AND {_PAIR.format(one="m.person_id", other="v.author_id")}
    RETURNING m.person_id, v.author_id, m.video_id
)
SELECT * FROM taken ORDER BY video_id, person_id
"""  # noqa: S608 - put together from constants
# In the order in which comments are locked: those that begin threads, then those below them.
_HOLD_COMMENTS: Final = f"""
SELECT c.id FROM social_comment AS c
WHERE c.id IN (
    SELECT o.id FROM social_commentlike AS l JOIN social_comment AS o ON o.id = l.comment_id
    WHERE {_PAIR.format(one="l.person_id", other="o.author_id")}
    UNION ALL
    SELECT o.id FROM social_comment AS o JOIN videos_video AS v ON v.id = o.video_id
    WHERE o.pinned_at IS NOT NULL AND {_PAIR.format(one="v.author_id", other="o.author_id")}
)
ORDER BY c.thread_id NULLS FIRST, c.id FOR UPDATE
"""  # noqa: S608 - put together from constants
_TAKE_COMMENT_LIKES: Final = f"""
WITH taken AS (
    DELETE FROM social_commentlike AS l USING social_comment AS c
    WHERE l.comment_id = ANY (%(held)s::bigint[]) AND c.id = l.comment_id
        AND {_PAIR.format(one="l.person_id", other="c.author_id")}
    RETURNING l.person_id, c.author_id, c.video_id, c.id
), fewer AS (
    UPDATE social_comment AS c SET likes = greatest(c.likes - t.number, 0)
    FROM (SELECT id, count(*) AS number FROM taken GROUP BY id) AS t WHERE c.id = t.id
)
SELECT * FROM taken ORDER BY id, person_id
"""  # noqa: S608 - put together from constants
_UNPIN: Final = f"""
UPDATE social_comment AS c SET pinned_at = NULL FROM videos_video AS v
WHERE c.id = ANY (%(held)s::bigint[]) AND c.pinned_at IS NOT NULL AND v.id = c.video_id
    AND {_PAIR.format(one="v.author_id", other="c.author_id")}
"""  # noqa: S608 - put together from constants


def take_back(person_id: int, other_ids: Collection[int]) -> None:
    """Take back what the person likes, saves, reposts and pins of the others', and the others of the person's.

    Inside the transaction of the block. Rows go before counters, which are changed at the end: see `threads`.
    """
    pairs: dict[str, Any] = {"person": person_id, "others": list(other_ids)}
    _take_from_comments(pairs)
    likes, saves, reposts = (_rows(_TAKE.format(table=f"social_{kind}"), pairs) for kind in ("like", "save", "repost"))
    events.add_marks(_fewer(likes, saves, reposts))
    for undone, rows in ((hooks.video_unliked, likes), (hooks.video_unreposted, reposts)):
        for actor_id, author_id, video_id in rows:
            undone(actor_id=actor_id, author_id=author_id, video_id=video_id)


def _fewer(*kinds: list[Row]) -> dict[int, tuple[int, int, int]]:
    """By how much the (likes, saves, reposts) of each video change."""
    likes, saves, reposts = (Counter(video_id for _, _, video_id in rows) for rows in kinds)
    return {video_id: (-likes[video_id], -saves[video_id], -reposts[video_id]) for video_id in likes | saves | reposts}


def _take_from_comments(pairs: dict[str, Any]) -> None:
    held = [comment_id for (comment_id,) in _rows(_HOLD_COMMENTS, pairs)]
    if not held:
        return
    values = {**pairs, "held": held}
    with connection.cursor() as cursor:
        cursor.execute(_UNPIN, values)
    for actor_id, author_id, video_id, comment_id in _rows(_TAKE_COMMENT_LIKES, values):
        hooks.comment_unliked(actor_id=actor_id, author_id=author_id, video_id=video_id, comment_id=comment_id)


def _rows(statement: str, values: dict[str, Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
