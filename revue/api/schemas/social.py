"""Likes, follows and shares."""

from typing import Literal

from ninja import Field, Schema


class LikeState(Schema):
    """Whether the viewer likes the video, or the comment, now, and how many do."""

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
