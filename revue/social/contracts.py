"""What other apps see of follows, likes and comments."""

import dataclasses
import datetime

from revue.accounts.contracts import PersonCard, Profile


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
class SuggestedPerson:
    """Somebody whom the viewer may mean."""

    card: PersonCard
    is_followed: bool


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
    """The numbers on a profile."""

    followers: int
    following: int
    videos: int  # public ones
    likes: int  # on those


@dataclasses.dataclass(frozen=True, slots=True)
class PersonPage:
    """A person's page as one viewer sees it."""

    profile: Profile
    counts: PersonCounts
    is_followed: bool  # by the viewer
    is_follower: bool  # of the viewer
