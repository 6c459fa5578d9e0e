"""What other apps see of follows, likes, saves, reposts and comments."""

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
class SaveState:
    """Whether the viewer keeps a video, how many people do, and in which of the viewer's collections it lies."""

    saved: bool
    save_count: int
    collection_id: int | None


@dataclasses.dataclass(frozen=True, slots=True)
class RepostState:
    """Whether the viewer has passed a video on, and how many people have."""

    reposted: bool
    repost_count: int


class PersonList(enum.StrEnum):
    """Of what somebody does with others' videos."""

    REPOSTS = "reposts"
    SAVES = "saves"
    COLLECTIONS = "collections"  # at least one of them
    LIKES = "likes"


@dataclasses.dataclass(frozen=True, slots=True)
class ListedVideo:
    """A line of a list that goes by the time of its own rows."""

    id: int  # of the row: the list goes on before it
    video_id: int


@dataclasses.dataclass(frozen=True, slots=True)
class RepostLine(ListedVideo):
    """Somebody passed a video on."""

    note: str
    made_at: datetime.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class CollectionView:
    """A collection as one viewer sees it."""

    id: int
    name: str
    is_public: bool
    owner: PersonCard
    video_count: int  # that the viewer may watch
    cover_url: str | None  # of the newest of these
    is_own: bool


@dataclasses.dataclass(frozen=True, slots=True)
class CollectionPage:
    """Somebody's collections, newest first; `next_cursor` is None at the end."""

    collections: tuple[CollectionView, ...]
    next_cursor: str | None


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


class FollowList(enum.StrEnum):
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
    videos: int  # public ones, or of a private account those for all of its followers
    likes: int  # on those; none of either where the viewer may not see them


@dataclasses.dataclass(frozen=True, slots=True)
class PersonPage:
    """A person's page as one viewer sees it."""

    profile: Profile
    counts: PersonCounts
    is_followed: bool  # by the viewer
    is_follower: bool  # of the viewer
    lists: tuple[PersonList, ...] = ()  # of videos, that the viewer may see
    is_requested: bool = False  # the viewer has asked to follow them
    asks: bool = False  # to follow the viewer
    is_blocked: bool = False  # by the viewer: the page says no more than whose it is
    is_muted: bool = False  # by the viewer
    is_restricted: bool = False  # by the viewer
    may_see_videos: bool = True  # the viewer may; what is for fewer is left out all the same
    may_see_follows: bool = True  # the viewer may: whom they follow and who follows them
