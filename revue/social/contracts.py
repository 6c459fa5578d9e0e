"""What other apps see of follows, likes and comments."""

import dataclasses
import datetime
import enum

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
    requested: bool = False  # the viewer has asked, and the person has not answered


class Keeping(enum.StrEnum):
    """How somebody keeps others out."""

    BLOCKED = "blocked"
    MUTED = "muted"
    RESTRICTED = "restricted"


class Lists(enum.StrEnum):
    """Lists of people that a person may show to others."""

    FOLLOWERS = "followers"
    FOLLOWING = "following"


@dataclasses.dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody in a list of people, and what the viewer has to do with them."""

    card: PersonCard
    is_followed: bool  # by the viewer
    is_follower: bool  # of the viewer
    is_requested: bool  # the viewer has asked to follow them
    is_self: bool


@dataclasses.dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of a list of people; `next_cursor` is None at its end."""

    people: tuple[PersonLine, ...]
    next_cursor: str | None


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
    videos: int  # public ones, or of a private account those for all of its followers
    likes: int  # on those; none of either where the viewer may not see them


@dataclasses.dataclass(frozen=True, slots=True)
class PersonPage:
    """A person's page as one viewer sees it."""

    profile: Profile
    counts: PersonCounts
    is_followed: bool  # by the viewer
    is_follower: bool  # of the viewer
    is_requested: bool = False  # the viewer has asked to follow them
    asks: bool = False  # to follow the viewer
    is_blocked: bool = False  # by the viewer: the page says no more than whose it is
    is_muted: bool = False  # by the viewer
    is_restricted: bool = False  # by the viewer
    may_see_videos: bool = True  # the viewer may; what is for fewer is left out all the same
    may_see_lists: bool = True  # of whom they follow and who follows them
