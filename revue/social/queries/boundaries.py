"""What people keep from each other."""

from collections.abc import Collection

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from revue.social.models import Block, Restriction

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


def not_apart(person_id: int | None, field: str) -> Q:
    """The same question for the database: rows whose `field` is nobody from whom a block keeps the person."""
    if person_id is None:
        return Q()
    theirs = Q(blocker_id=person_id, blocked_id=OuterRef(field))
    return Q(~Exists(Block.objects.filter(theirs | Q(blocked_id=person_id, blocker_id=OuterRef(field)))))


def apart_from(person_id: int) -> set[int]:
    """Everybody from whom a block keeps a person; one SELECT."""
    rows = Block.objects.filter(Q(blocker_id=person_id) | Q(blocked_id=person_id))
    return {one for pair in rows.values_list("blocker_id", "blocked_id") for one in pair} - {person_id}


def is_restricted(*, person_id: int, by: int) -> bool:
    """Whether what a person says under videos of `by` from now on waits until `by` approves it."""
    return Restriction.objects.filter(restricter_id=by, restricted_id=person_id).exists()
