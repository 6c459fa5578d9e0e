"""Conversations and messages as one of the two sees them, made of rows."""

from collections.abc import Collection

from revue.accounts import queries as accounts
from revue.accounts.contracts import PersonCard, Viewer
from revue.inbox.messages import policy
from revue.inbox.messages.contracts import (
    MOST_ASKED,
    ConversationView,
    LastMessage,
    MessageKind,
    MessageVideo,
    MessageView,
    SentVideo,
    SentVideoState,
)
from revue.inbox.messages.sight import Row
from revue.inbox.models import Message
from revue.platform import clock
from revue.videos import queries as videos
from revue.videos.contracts import VideoCard

LONGEST_LAST = 200  # letters of a conversation's newest message


def conversation_views(rows: Collection[Row]) -> tuple[ConversationView, ...]:
    """Conversations, each with the other's card; one SELECT."""
    cards = accounts.person_cards({row.other_id for row in rows})
    return tuple(_conversation(row, cards[row.other_id]) for row in rows if row.other_id in cards)


def message_views(viewer: Viewer, rows: Collection[Message], *, is_held: bool) -> tuple[MessageView, ...]:
    """Messages, each with the video that the viewer may watch now; one SELECT, none without videos.

    Args:
        viewer: one of the two.
        rows: the messages.
        is_held: videos of the other are not shown: they have asked, and the viewer has not answered.
    """
    shown = [row for row in rows if row.video_id and not (is_held and row.author_id != viewer.person_id)]
    cards = videos.cards(viewer=viewer, video_ids={row.video_id for row in shown if row.video_id})
    return tuple(_message(viewer, row, cards.get(row.video_id or 0), is_held=is_held) for row in rows)


def _conversation(row: Row, card: PersonCard) -> ConversationView:
    standing = row.standing
    return ConversationView(
        id=row.conversation_id,
        person=card,
        state=standing.state,
        why_not=policy.why_not(standing, today=clock.now().date()),
        asks_left=MOST_ASKED - standing.asked if policy.is_request(standing) else None,
        unread=row.unread,
        last=_last(row),
        is_muted=row.is_muted,
    )


def _last(row: Row) -> LastMessage | None:
    message_id, author_id, at, text, has_video, is_unsent = row.last
    if message_id is None:
        return None
    kind = MessageKind.VIDEO if has_video else MessageKind.TEXT
    kind = MessageKind.UNSENT if is_unsent else kind
    return LastMessage(kind, text[:LONGEST_LAST], at, is_mine=author_id != row.other_id)


def _message(viewer: Viewer, row: Message, card: VideoCard | None, *, is_held: bool) -> MessageView:
    is_mine = row.author_id == viewer.person_id
    return MessageView(
        id=row.pk,
        is_mine=is_mine,
        text=row.text,
        video=_video(card, is_held=is_held and not is_mine) if row.has_video else None,
        at=row.made_at,
        is_unsent=row.unsent_at is not None,
        key=row.key if is_mine else None,
    )


def _video(card: VideoCard | None, *, is_held: bool) -> MessageVideo:
    if is_held:
        return MessageVideo(SentVideoState.HELD, None)
    if card is None:
        return MessageVideo(SentVideoState.GONE, None)
    sent = SentVideo(card.id, card.author, card.caption, card.poster_small_url, card.thumbhash, card.duration_ms)
    return MessageVideo(SentVideoState.SHOWN, sent)
