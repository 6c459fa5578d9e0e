"""What ties two people is changed by one at a time."""

from collections.abc import Collection

from django.db import connection

_HOLD = """
SELECT pg_advisory_xact_lock(hashtextextended('social.pair:' || pair.low || ':' || pair.high, 0))
FROM (
    SELECT least(%(person)s, o.id) AS low, greatest(%(person)s, o.id) AS high
    FROM unnest(%(others)s::bigint[]) AS o (id) ORDER BY 1, 2
) AS pair
"""


def hold_pairs(person_id: int, other_ids: Collection[int]) -> None:
    """Have follows, requests and blocks between a person and others changed by nobody else until the transaction ends.

    Several are held in one order, so that nobody waits in a circle.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, {"person": person_id, "others": list(other_ids)})
