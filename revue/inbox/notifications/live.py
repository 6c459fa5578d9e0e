"""How many notices are unread, told at once to whoever they are for."""

from typing import Final

from django.db import connection, transaction

from revue.inbox.notifications import queries
from revue.platform import bus, ids

EVENT: Final = "inbox"
_ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtext('inbox'), hashtext(%s::text))"


def unread_changed(person_id: int) -> None:
    """Count a person's unread notices and tell their pages.

    Called after the commit of what changed the number. One at a time for each person: whoever counts last has seen
    all that was committed before, and its message comes last. Should the process die before, nothing is lost but time:
    pages ask for the number whenever their stream opens.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME, [person_id])
        bus.publish(f"person:{ids.to_short(person_id)}", EVENT, {"unread": queries.unread(person_id=person_id)})
