"""What other apps see of videos."""

import dataclasses
import datetime
import enum
import uuid

from revue.accounts.contracts import PersonCard, Tie
from revue.media.contracts import CredentialsView, Failure, PhotoView, Rendition, Sprite, UploadView
from revue.platform.errors import RevueError
from revue.sounds.contracts import SoundCard, SoundChoice


class VideoState(enum.StrEnum):
    """Where a video is in its life."""

    PROCESSING = "processing"  # its clip is being made
    PUBLISHED = "published"  # people see it, as far as `visibility` lets them
    SCHEDULED = "scheduled"  # it plays, and waits for the time that its author has set
    FAILED = "failed"  # its clip could not be made
    REMOVED = "removed"  # taken down by the instance
    BINNED = "binned"  # deleted by its author, who may still take it back


class Visibility(enum.StrEnum):
    """Who may watch."""

    EVERYONE = "everyone"
    UNLISTED = "unlisted"  # everyone with the link; in no list
    FOLLOWERS = "followers"  # those who follow its author; in their lists only
    FRIENDS = "friends"  # those who follow its author and whom its author follows; in their lists only
    ONLY_ME = "only_me"


class Commenters(enum.StrEnum):
    """Who, of those who may watch, may comment."""

    EVERYONE = "everyone"
    FOLLOWERS = "followers"  # those who follow its author
    FRIENDS = "friends"  # those who follow its author and whom its author follows
    NO_ONE = "no_one"  # its author neither


@dataclasses.dataclass(frozen=True, slots=True)
class TagCount:
    """A tag and the number of its public videos, as last counted."""

    name: str  # lower case, without #
    videos: int


@dataclasses.dataclass(frozen=True, slots=True)
class TagNumbers:
    """A tag and what there is of it now."""

    name: str  # lower case, without #
    videos: int
    plays: int


@dataclasses.dataclass(frozen=True, slots=True)
class Ties:
    """Which of some authors a viewer is tied to."""

    followed: frozenset[int] = frozenset()  # whom the viewer follows
    friends: frozenset[int] = frozenset()  # of these, who follows the viewer too
    apart: frozenset[int] = frozenset()  # whom the viewer has blocked, or who have blocked the viewer

    def to(self, author_id: int) -> Tie:
        """How near the viewer, who is not the author, is to one of the authors."""
        if author_id in self.friends:
            return Tie.FRIEND
        return Tie.FOLLOWER if author_id in self.followed else Tie.NONE


@dataclasses.dataclass(frozen=True, slots=True)
class Allows:
    """What an author lets others do with a video, whoever may watch it."""

    commenters: Commenters = Commenters.EVERYONE
    may_duet: bool = True  # put a video of theirs beside it
    may_stitch: bool = True  # begin a video of theirs with a part of it
    may_download: bool = True


class MediaAccess(enum.StrEnum):
    """Whether the files of a clip may be handed to a viewer, and who may keep a copy on the way."""

    PUBLIC = "public"  # to everyone; caches may keep it
    PRIVATE = "private"  # to this viewer, as things stand; nobody may keep it
    DENIED = "denied"  # as if it did not exist


@dataclasses.dataclass(frozen=True, slots=True)
class SoundLine:
    """A video's sound in one line."""

    id: int
    name: str  # empty: the original sound of `handle`
    handle: str  # of its owner; empty for the starter library
    is_muted: bool
    muted_reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class SoundPage:
    """A sound and what videos make of it."""

    card: SoundCard
    uses: int  # public videos that have it
    origin_video_id: int | None  # the video it comes from, if the viewer may watch that


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """What is being made to take the place of what plays."""

    progress: int  # percent
    failure: Failure | None


@dataclasses.dataclass(frozen=True, slots=True)
class DraftContent:
    """What somebody is about to post."""

    upload_ids: tuple[int, ...] = ()  # one of a video, or of each photo in their order
    is_photos: bool = False
    caption: str = ""  # as it was typed
    visibility: Visibility = Visibility.EVERYONE
    allows: Allows = Allows()
    poster_at_ms: int | None = None
    sound: SoundChoice | None = None
    publish_at: datetime.datetime | None = None  # None: as soon as it plays; one that has passed is kept too


@dataclasses.dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as its author sees it."""

    key: uuid.UUID
    content: DraftContent
    uploads: tuple[UploadView, ...]  # those that are still there
    changed_at: datetime.datetime
    is_caption_locked: bool  # sealed with another secret key: it comes back with that, unless another is saved


@dataclasses.dataclass(frozen=True, slots=True)
class Resembled:
    """An earlier video that one looks like."""

    video_id: int
    handle: str  # of its author
    is_own: bool


@dataclasses.dataclass(frozen=True, slots=True)
class SubtitlesLine:
    """Subtitles that a video has."""

    language: str  # BCP 47
    url: str  # of the WebVTT


@dataclasses.dataclass(frozen=True, slots=True)
class VideoCard:
    """A published video as feeds, pages and players show it. Counts and viewer's marks come from `feed`."""

    id: int
    author: PersonCard
    caption: str
    tags: tuple[str, ...]
    mentions: tuple[str, ...]
    visibility: Visibility
    commenters: Commenters
    # Whether the viewer may, by the video's switches and by what its author has chosen for all of theirs (of comments
    # by the latter alone: see `videos.queries.may_comment`). A visitor, who may yet turn out to be somebody, is refused
    # the first three only where nobody may.
    lets_comment: bool
    may_duet: bool
    may_stitch: bool
    may_download: bool
    may_index: bool  # search engines may show it, as far as its audience lets them
    published_at: datetime.datetime
    edited_at: datetime.datetime | None  # since when it says something else than people have read
    duration_ms: int
    width: int
    height: int
    has_audio: bool
    poster_url: str | None
    poster_small_url: str | None
    thumbhash: str
    renditions: tuple[Rendition, ...]
    photos: tuple[PhotoView, ...]  # what it is a film of; none of a video that was sent as such
    hls_url: str | None  # of long ones
    preview_url: str | None  # three seconds, silent, small
    sprite: Sprite | None
    subtitles: tuple[SubtitlesLine, ...]
    sound: SoundLine | None
    credentials: CredentialsView | None

    @property
    def author_id(self) -> int:
        """Whose it is."""
        return self.author.id

    @property
    def state(self) -> str:
        """As `policy` asks for it: what has a card is published."""
        return VideoState.PUBLISHED.value


@dataclasses.dataclass(frozen=True, slots=True)
class Download:
    """The file of a video that somebody may keep."""

    key: str  # in the media storage
    mime: str
    filename: str


@dataclasses.dataclass(frozen=True, slots=True)
class ListedVideo:
    """A public video in a list of all of them."""

    id: int
    handle: str  # of its author
    name: str  # of its author; may be empty
    caption: str
    published_at: datetime.datetime
    changed_at: datetime.datetime
    duration_ms: int
    poster_url: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class ListedPerson:
    """Somebody who has public videos, in a list of all such people."""

    handle: str
    changed_at: datetime.datetime  # when something was last changed about one of them


@dataclasses.dataclass(frozen=True, slots=True)
class VideoContent:
    """What a published video is made of, for those who compare videos."""

    clip_id: int
    author_id: int
    sound_id: int | None
    caption: str
    tags: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class VideoNews:
    """What people may want to be told of a published video."""

    author_id: int
    mentions: tuple[str, ...]  # handles, lower case; whether they exist is not asked
    had_time: bool  # its author had set a time for it to go out
    sound_owner_id: int | None  # whose sound its author laid under it; None: nobody's, or their own file's
    is_muted: bool  # its sound may not be heard


@dataclasses.dataclass(frozen=True, slots=True)
class VideoStatus:
    """An owner's view of one of their videos, playable or not."""

    id: int
    state: VideoState
    progress: int  # percent
    caption: str
    visibility: Visibility
    commenters: Commenters
    may_duet: bool
    may_stitch: bool
    may_download: bool
    made_at: datetime.datetime
    failure: Failure | None
    poster_url: str | None
    thumbhash: str
    is_playable: bool
    photo_count: int  # 0: a video that was sent as such
    duration_ms: int
    sprite: Sprite | None
    sound: SoundLine | None
    uses_sound: bool  # laid under it, and not what was recorded
    is_sound_lost: bool  # its file had sound that could not be read
    change: Change | None
    resembles: Resembled | None  # told only of what the author may see
    is_pinned: bool  # stands first on its author's page
    may_replace_until: datetime.datetime
    published_at: datetime.datetime | None
    publish_at: datetime.datetime | None  # not before; None: as soon as it plays
    kept_until: datetime.datetime | None  # of what lies in the bin: when it is erased


@dataclasses.dataclass(frozen=True, slots=True)
class Former:
    """What a video said before it was changed."""

    caption: str
    until_at: datetime.datetime


class Show(enum.StrEnum):
    """Which of their own videos somebody wants to see."""

    ALL = "all"  # without the bin
    PUBLIC = "public"  # published for everyone
    PRIVATE = "private"  # published for fewer
    SCHEDULED = "scheduled"
    FAILED = "failed"  # could not be made, or was taken down
    BIN = "bin"


class Bulk(enum.StrEnum):
    """What may be done with several videos at once."""

    AUDIENCE = "audience"
    COMMENTS = "comments"
    DELETE = "delete"  # into the bin
    RESTORE = "restore"
    ERASE = "erase"  # for good


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of several videos."""

    video_id: int
    error: RevueError | None = None  # None: it is as it was asked to be
