"""What other apps see of follows, likes and comments."""

import dataclasses
import datetime

from revue.accounts.contracts import PersonCard


@dataclasses.dataclass(frozen=True, slots=True)
class LikeState:
    """Whether the viewer likes a video, and how many people do."""

    liked: bool
    like_count: int


@dataclasses.dataclass(frozen=True, slots=True)
class FollowState:
    """Whether the viewer follows a person, and how many people do."""

    following: bool
    follower_count: int


@dataclasses.dataclass(frozen=True, slots=True)
class CommentView:
    """A comment as one viewer sees it."""

    id: int
    video_id: int
    author: PersonCard
    text: str
    made_at: datetime.datetime
    may_delete: bool


@dataclasses.dataclass(frozen=True, slots=True)
class CommentPage:
    """Comments, newest first; `next_cursor` is None at the end."""

    comments: tuple[CommentView, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class PersonCounts:
    """The numbers on a profile that come from follows and likes."""

    followers: int
    following: int
    likes: int  # on all of the person's videos
