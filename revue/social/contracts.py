"""What other apps see of follows, likes and comments."""

import dataclasses
import datetime
import enum

from revue.accounts.contracts import PersonCard, Profile
from revue.platform.errors import RevueError
from revue.videos.contracts import VideoCard


@dataclasses.dataclass(frozen=True, slots=True)
class LikeState:
    """Whether the viewer likes a video or a comment, and how many people do."""

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


class CommentOrder(enum.StrEnum):
    """How comments under a video are sorted, after those that its author has pinned."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


class Hold(enum.StrEnum):
    """Why a comment waits for the video's author."""

    WORD = "word"  # it says one of their words
    APPROVAL = "approval"  # they read all comments first
    RESTRICTED = "restricted"  # they read first what this person says, who is not told so


class CommentBulk(enum.StrEnum):
    """What may be done with several comments at once."""

    APPROVE = "approve"
    DELETE = "delete"


@dataclasses.dataclass(frozen=True, slots=True)
class CommentView:
    """A comment as one viewer sees it."""

    id: int
    video_id: int
    thread_id: int | None  # the comment that it stands below; None: it begins a thread
    author: PersonCard | None  # None of what was deleted
    text: str
    mentions: tuple[str, ...]  # handles in the text that are people's, lower case
    made_at: datetime.datetime
    edited_at: datetime.datetime | None
    like_count: int
    reply_count: int
    is_liked: bool  # by the viewer
    is_liked_by_creator: bool
    is_by_creator: bool
    is_pinned: bool
    held_for: Hold | None  # only for its author and the video's; nobody else sees it while it waits
    is_deleted: bool  # it stands only for the replies to it
    may_edit: bool
    may_delete: bool


@dataclasses.dataclass(frozen=True, slots=True)
class CommentPage:
    """Some comments in their order; `next_cursor` is None at the end."""

    comments: tuple[CommentView, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class VideoComments:
    """What is said under a video, a page of it, and whether the viewer may join in."""

    page: CommentPage
    may_comment: bool  # a visitor: whether anybody may who signs in


@dataclasses.dataclass(frozen=True, slots=True)
class FormerText:
    """What a comment said before it was changed."""

    text: str
    until_at: datetime.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class HeldComment:
    """A comment that waits, and the video that it was written under."""

    comment: CommentView
    video: VideoCard


@dataclasses.dataclass(frozen=True, slots=True)
class HeldPage:
    """Comments that wait, newest first; `next_cursor` is None at the end."""

    items: tuple[HeldComment, ...]
    next_cursor: str | None
    total: int  # of all that wait, at most `MOST_TOLD`


@dataclasses.dataclass(frozen=True, slots=True)
class Rules:
    """Which comments under a person's videos wait until that person has read them."""

    approves_first: bool = False  # all of them
    words: tuple[str, ...] = ()  # those that say one of these; newest first


@dataclasses.dataclass(frozen=True, slots=True)
class CommentOutcome:
    """What became of one of several comments."""

    comment_id: int
    error: RevueError | None = None  # None: it is as it was asked to be


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
