"""Comments: what is said, what waits, and what creators set."""

import datetime
import uuid
from typing import Any

from ninja import Schema
from pydantic import Field

from revue.api.schemas.people import Author
from revue.api.schemas.videos import OutcomeOut, refusal
from revue.platform import ids
from revue.platform.wording import LONGEST
from revue.social import queries
from revue.social.contracts import (
    CommentBulk,
    CommentOutcome,
    CommentPage,
    FormerText,
    HeldPage,
    Hold,
    Rules,
    VideoComments,
)
from revue.social.policy import LONGEST_COMMENT, MOST_AT_ONCE, MOST_WORDS

_LETTERS = f"1 to {LONGEST_COMMENT} characters once spaces at both ends are taken off"


class NewComment(Schema):
    """What to say under a video."""

    text: str = Field(description=_LETTERS, max_length=2000)
    reply_to: str | None = Field(default=None, description="the comment that it answers", max_length=11)
    key: uuid.UUID | None = Field(
        default=None, description="made up by the client: again with the same key gives the comment that there is"
    )


class CommentPatch(Schema):
    """A comment in other words."""

    text: str = Field(description=_LETTERS, max_length=2000)


class Comment(Schema):
    """What someone says under a video."""

    id: str
    thread_id: str | None = Field(description="the comment that it stands below; null: it begins a thread")
    author: Author | None = Field(description="null of what was deleted")
    text: str
    mentions: list[str] = Field(description="handles in the text that are people's, lower case, without @")
    made_at: datetime.datetime
    edited_at: datetime.datetime | None
    like_count: int = Field(ge=0)
    reply_count: int = Field(ge=0)
    is_liked: bool = Field(description="by the viewer")
    is_liked_by_creator: bool
    is_by_creator: bool
    is_pinned: bool
    held_for: Hold | None = Field(description="why it waits for the creator; told to its author and to them alone")
    is_deleted: bool = Field(description="it stands only for the replies to it")
    may_edit: bool
    may_delete: bool


class CommentPageOut(Schema):
    """Some comments in their order; `next_cursor` is null at the end."""

    items: list[Comment]
    next_cursor: str | None


class VideoCommentsOut(CommentPageOut):
    """What is said under a video: what its creator has pinned, then the rest, without replies."""

    may_comment: bool = Field(description="whether the viewer may; of a visitor: whether anybody may who signs in")


class FormerTextOut(Schema):
    """What a comment said before it was changed."""

    text: str
    until_at: datetime.datetime


class CommentEditsOut(Schema):
    """What a comment said before, newest first."""

    items: list[FormerTextOut]


class ManyCommentsIn(Schema):
    """Several comments, and what is done with all of them."""

    ids: list[str] = Field(min_length=1, max_length=MOST_AT_ONCE)
    change: CommentBulk


class ManyCommentsOut(Schema):
    """What became of several comments, in the order in which they were named."""

    results: list[OutcomeOut]


class HeldVideoOut(Schema):
    """The video under which something waits."""

    id: str
    url: str = Field(description="address of its page, without the host")
    caption: str
    poster_small_url: str | None


class HeldCommentOut(Schema):
    """A comment that waits."""

    comment: Comment
    video: HeldVideoOut


class HeldPageOut(Schema):
    """Comments that wait for the viewer, newest first; `next_cursor` is null at the end."""

    items: list[HeldCommentOut]
    next_cursor: str | None
    total: int = Field(description="of all that wait, as far as 999", ge=0)


class RulesOut(Schema):
    """Which comments under the viewer's videos wait until they have read them."""

    approves_first: bool = Field(description="all of them")
    words: list[str] = Field(description=f"those that say one of these; newest first, at most {MOST_WORDS}")


class RulesPatch(Schema):
    """What to change."""

    approves_first: bool


class FilterWordsIn(Schema):
    """Words, several words in a row, or #tags."""

    words: list[str] = Field(description=f"each of 1 to {LONGEST} letters", min_length=1, max_length=MOST_WORDS)


def comment_page(page: CommentPage) -> dict[str, Any]:
    """A `CommentPageOut` as a plain dict."""
    return {"items": [queries.comment_json(view) for view in page.comments], "next_cursor": page.next_cursor}


def video_comments(found: VideoComments) -> dict[str, Any]:
    """A `VideoCommentsOut` as a plain dict."""
    return {**comment_page(found.page), "may_comment": found.may_comment}


def edits(former: list[FormerText]) -> dict[str, Any]:
    """A `CommentEditsOut` as a plain dict."""
    return {"items": [{"text": one.text, "until_at": one.until_at} for one in former]}


def many(outcomes: list[CommentOutcome]) -> dict[str, Any]:
    """A `ManyCommentsOut` as a plain dict."""
    return {"results": [{"id": ids.to_short(one.comment_id), "refusal": refusal(one.error)} for one in outcomes]}


def held_page(page: HeldPage) -> dict[str, Any]:
    """A `HeldPageOut` as a plain dict."""
    items = [
        {
            "comment": queries.comment_json(one.comment),
            "video": {
                "id": ids.to_short(one.video.id),
                "url": f"/@{one.video.author.handle}/{ids.to_short(one.video.id)}",
                "caption": one.video.caption,
                "poster_small_url": one.video.poster_small_url,
            },
        }
        for one in page.items
    ]
    return {"items": items, "next_cursor": page.next_cursor, "total": page.total}


def rules(have: Rules) -> dict[str, Any]:
    """A `RulesOut` as a plain dict."""
    return {"approves_first": have.approves_first, "words": have.words}
