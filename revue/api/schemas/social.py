"""Likes, follows, shares and comments."""

import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from revue.api.schemas.people import Author, author
from revue.platform import ids
from revue.social.contracts import CommentPage, CommentView


class LikeState(Schema):
    """Whether the viewer likes the video now, and how many do."""

    liked: bool
    like_count: int


class FollowState(Schema):
    """Whether the viewer follows the person now, and how many do."""

    following: bool
    follower_count: int
    requested: bool = Field(description="the account is private, and the person has not answered yet")


class NewShare(Schema):
    """How the link leaves."""

    kind: Literal["copy", "system", "embed"] = "copy"


class ShareLink(Schema):
    """The address to share."""

    url: str


class NewComment(Schema):
    """What to say under a video."""

    text: str = Field(description="1 to 500 characters once spaces at both ends are taken off", max_length=2000)


class Comment(Schema):
    """What someone says under a video."""

    id: str
    author: Author
    text: str
    made_at: datetime.datetime
    may_delete: bool


class CommentPageOut(Schema):
    """Comments, newest first; `next_cursor` is null at the end."""

    items: list[Comment]
    next_cursor: str | None


def comment(view: CommentView) -> dict[str, Any]:
    """A `Comment` as a plain dict."""
    return {
        "id": ids.to_short(view.id),
        "author": author(view.author),
        "text": view.text,
        "made_at": view.made_at,
        "may_delete": view.may_delete,
    }


def comment_page(page: CommentPage) -> dict[str, Any]:
    """A `CommentPageOut` as a plain dict."""
    return {"items": [comment(view) for view in page.comments], "next_cursor": page.next_cursor}
