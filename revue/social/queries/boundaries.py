"""What people keep from each other."""

from collections.abc import Collection

from django.db import connection

_APART = """
SELECT blocked_id FROM social_block WHERE blocker_id = %(person)s AND blocked_id = ANY (%(others)s::bigint[])
UNION
SELECT blocker_id FROM social_block WHERE blocked_id = %(person)s AND blocker_id = ANY (%(others)s::bigint[])
"""


def is_apart(person_id: int | None, other_ids: Collection[int]) -> set[int]:
    """Those of `other_ids` who have blocked the person, or whom the person has blocked; one SELECT, none for visitors.

    The two find nothing of each other's: no list, page, message or notice shows either to the other.
    """
    if person_id is None or not other_ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_APART, {"person": person_id, "others": list(other_ids)})
        return {row[0] for row in cursor.fetchall()}
