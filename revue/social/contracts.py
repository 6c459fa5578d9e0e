"""What other apps see of follows, likes, saves, reposts and comments."""

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
    lists: tuple[PersonList, ...] = ()  # that the viewer may see
