"""To whom somebody may want to send something."""

from typing import Final

from django.db import connection
from django.db.models import Q

from revue.accounts import queries as accounts
from revue.accounts.contracts import Circle, Tie, Viewer
from revue.accounts.policy import person_id_of
from revue.inbox.messages import policy, sight
from revue.inbox.messages.contracts import Folder, Recipient
from revue.platform import clock
from revue.social import queries as social

MOST: Final = 20
_RECENT: Final = f"""
SELECT c.other_id {sight.LISTED} AND {sight.IN_FOLDER[Folder.INBOX]} ORDER BY c.place DESC LIMIT {MOST}
"""
_FRIENDS: Final = f"""
SELECT f.followed_id FROM social_follow AS f
JOIN social_follow AS b ON b.follower_id = f.followed_id AND b.followed_id = f.follower_id
WHERE f.follower_id = %(viewer)s ORDER BY f.id DESC LIMIT {MOST}
"""  # noqa: S608 - put together from constants


def recipients(*, viewer: Viewer, prefix: str = "") -> list[Recipient]:
    """At most 20 people to whom the viewer can write now, those they have written with before first.

    Without a prefix these and friends; five SELECTs. With one: who of all people is called so, whom the viewer knows
    before strangers, and of these none who does not want to be suggested to them; at most six.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    person_id = person_id_of(viewer)
    found = _beginning(person_id, prefix) if prefix else _known(person_id)
    rows = {row.other_id: row for row in sight.rows_with(person_id, found)}
    today = clock.now().date()
    able = [one for one in found if one in rows and policy.why_not(rows[one].standing, today=today) is None][:MOST]
    cards = accounts.person_cards(able)
    return [
        Recipient(cards[one], rows[one].conversation_id, is_friend=rows[one].standing.tie is Tie.FRIEND)
        for one in able
        if one in cards
    ]


def _known(person_id: int) -> list[int]:
    """Whom somebody writes with, the latest first, and then their friends, likewise."""
    found = dict[int, None]()
    with connection.cursor() as cursor:
        for statement in (_RECENT, _FRIENDS):
            cursor.execute(statement, {"viewer": person_id})
            found |= dict.fromkeys(row[0] for row in cursor.fetchall())
    return list(found)


def _beginning(person_id: int, prefix: str) -> list[int]:
    """Whom somebody knows, and then strangers who take messages from everybody and may be suggested."""
    plain = prefix.removeprefix("@")
    among = {*_known(person_id), *social.followed_ids(person_id=person_id)}
    known = accounts.people_beginning(plain, limit=MOST, among=among)
    but = [person_id, *(card.id for card in known)]
    takes = Q(is_suggested=True, who_messages=Circle.EVERYONE.value) & social.not_apart(person_id, "pk")
    others = accounts.people_beginning(plain, limit=MOST, but=but, who=takes)
    return [card.id for card in (*known, *others)]
