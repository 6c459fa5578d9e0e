"""Which conversations somebody finds, and how they stand with the other: the statements behind every list and count.

Blocks, closed accounts and follows are asked at each reading, in tables of apps below, as notices do: decision 0109.
Of a participant `c`, who is `p`, with the other `o`; the parameters are `viewer` and `since`, the id of the moment
from which on messages count as asked or answered.
"""

import dataclasses
from collections.abc import Collection
from typing import Any, Final

from django.db import connection

from revue.accounts.contracts import Circle, Tie, Viewer
from revue.accounts.policy import person_id_of
from revue.inbox.messages.contracts import MOST_ASKED, MOST_UNREAD, ConversationState, Folder
from revue.inbox.messages.errors import ConversationNotFound
from revue.inbox.messages.policy import ASKS_AGAIN_AFTER, Standing
from revue.platform import clock, ids
from revue.videos import policy as videos

# Looked up line by line: an EXISTS may be planned as a hash of the whole table, which holds everybody's.
_IS: Final = "coalesce((SELECT true FROM {rows} LIMIT 1), false)"
_FOLLOWS: Final = "social_follow AS f WHERE f.follower_id = {one}.id AND f.followed_id = {other}.id"
RESTRICTED: Final = _IS.format(
    rows="social_restriction AS r WHERE r.restricter_id = c.person_id AND r.restricted_id = c.other_id"
)
IN_FOLDER: Final = {
    Folder.INBOX: f"(c.state <> '{ConversationState.REQUESTED.value}' AND NOT {RESTRICTED})",
    Folder.REQUESTS: f"(c.state = '{ConversationState.REQUESTED.value}' OR {RESTRICTED})",
}
# The conversations that stand in one of the viewer's lists.
LISTED: Final = f"""
FROM inbox_participant AS c
JOIN accounts_person AS p ON p.id = c.person_id
JOIN accounts_person AS o ON o.id = c.other_id AND o.is_active
LEFT JOIN inbox_message AS l ON l.id = c.place
WHERE c.person_id = %(viewer)s AND c.place IS NOT NULL AND c.other_id NOT IN {videos.APART}
"""
# Other people, given as the parameter `others`, with the conversation there may be.
WITH_PEOPLE: Final = f"""
FROM accounts_person AS p
JOIN accounts_person AS o ON o.id = ANY (%(others)s::bigint[]) AND o.is_active
LEFT JOIN inbox_participant AS c ON c.person_id = p.id AND c.other_id = o.id
LEFT JOIN inbox_message AS l ON l.id = c.place
WHERE p.id = %(viewer)s AND o.id NOT IN {videos.APART}
"""
_NEW: Final = "m.conversation_id = c.conversation_id AND m.author_id = c.other_id AND m.unsent_at IS NULL"
_NEW_OF_VIEWER: Final = f"{_NEW} AND m.id > greatest(c.read_to, c.cleared_to) AND m.id <= c.place"
HAS_UNREAD: Final = f"(c.place > c.read_to AND {_IS.format(rows=f'inbox_message AS m WHERE {_NEW_OF_VIEWER}')})"
UNREAD: Final = f"""(
    SELECT count(*) FROM (SELECT 1 FROM inbox_message AS m WHERE {_NEW_OF_VIEWER} LIMIT {MOST_UNREAD}) AS u
)"""  # noqa: S608 - put together from constants
COLUMNS: Final = f"""
SELECT o.id, c.conversation_id, c.place, c.is_muted, {UNREAD},
    l.id, l.author_id, l.made_at, l.text, l.has_video, l.unsent_at IS NOT NULL,
    p.birth_date, p.who_messages, o.birth_date, o.who_messages,
    {_IS.format(rows=_FOLLOWS.format(one="p", other="o"))}, {_IS.format(rows=_FOLLOWS.format(one="o", other="p"))},
    coalesce(c.state, '{ConversationState.NEW.value}'),
    (SELECT count(*) FROM (SELECT 1 FROM inbox_message AS m WHERE m.conversation_id = c.conversation_id
        AND m.author_id = p.id AND m.id >= %(since)s LIMIT {MOST_ASKED}) AS s),
    {_IS.format(rows=f"inbox_message AS m WHERE {_NEW} AND m.id >= %(since)s")}
"""  # noqa: S608 - put together from constants
_WITH: Final = f"{COLUMNS} {WITH_PEOPLE}"
_OPEN: Final = ConversationState.OPEN.value
_PLACE: Final = f"""
SELECT c.other_id, c.state, c.place, c.cleared_to,
    CASE WHEN p.shows_read AND o.shows_read AND c.state = '{_OPEN}' AND t.state = '{_OPEN}' AND NOT EXISTS (
        SELECT 1 FROM social_restriction AS r WHERE r.restricter_id = c.other_id AND r.restricted_id = c.person_id
    ) THEN nullif(t.read_to, 0) END
FROM inbox_participant AS c
JOIN inbox_participant AS t ON t.conversation_id = c.conversation_id AND t.person_id = c.other_id
JOIN accounts_person AS p ON p.id = c.person_id
JOIN accounts_person AS o ON o.id = c.other_id AND o.is_active
WHERE c.conversation_id = %(conversation)s AND c.person_id = %(viewer)s AND c.other_id NOT IN {videos.APART}
"""  # noqa: S608 - put together from constants


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Which messages of a conversation somebody finds: those after `cleared_to`, up to `newest`."""

    conversation_id: int
    other_id: int
    state: ConversationState
    newest: int | None  # None: none
    cleared_to: int
    read_up_to: int | None  # by the other; None: nothing, or one of the two does not show it


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """What the columns above say."""

    other_id: int
    conversation_id: int | None
    place: int | None
    is_muted: bool
    unread: int
    last: tuple[Any, ...]  # of the newest message: id or None, author, time, text, whether it has a video or is unsent
    standing: Standing


def place_of(*, viewer: Viewer, conversation_id: int) -> Place:
    """Where one of the viewer's conversations stands for them; one SELECT.

    Raises:
        SignInNeeded: the viewer is a visitor.
        ConversationNotFound: it is not theirs, a block is between the two, or the other's account is closed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, {"viewer": person_id_of(viewer), "conversation": conversation_id})
        row = cursor.fetchone()
    if row is None:
        raise ConversationNotFound
    other_id, state, newest, cleared_to, read_up_to = row
    return Place(conversation_id, other_id, ConversationState(state), newest, cleared_to, read_up_to)


def rows_with(person_id: int, other_ids: Collection[int]) -> list[Row]:
    """How a person stands with others, without those from whom a block keeps them or who have gone; one SELECT."""
    return rows(_WITH, {"viewer": person_id, "others": list(other_ids)})


def rows(statement: str, values: dict[str, Any]) -> list[Row]:
    """Lines of a statement that begins with `COLUMNS`."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {**values, "since": ids.first_at(clock.now() - ASKS_AGAIN_AFTER)})
        return [_row(columns) for columns in cursor.fetchall()]


def _row(columns: tuple[Any, ...]) -> Row:
    """A line of `COLUMNS`."""
    (other_id, conversation_id, place, is_muted, unread), last, stands = columns[:5], columns[5:11], columns[11:]
    born, circle, other_born, other_circle, follows, is_followed, state, asked, is_answer = stands
    standing = Standing(
        born=born,
        circle=Circle(circle),
        other_born=other_born,
        other_circle=Circle(other_circle),
        tie=(Tie.FRIEND if is_followed else Tie.FOLLOWER) if follows else Tie.NONE,
        is_followed=is_followed,
        state=ConversationState(state),
        asked=asked,
        is_answer=is_answer,
    )
    return Row(other_id, conversation_id, place, bool(is_muted), unread, last, standing)
