"""What other apps see of notifications."""

import dataclasses
import datetime
import enum
from typing import Final

from revue.accounts.contracts import PersonCard, SecurityEvent


class NoticeTopic(enum.StrEnum):
    """What notices are sorted by: for the list, and for what a person wants to be told."""

    LIKES = "likes"
    COMMENTS = "comments"
    MENTIONS = "mentions"
    REPOSTS = "reposts"
    FOLLOWERS = "followers"
    VIDEOS = "videos"  # what becomes of one's own, and of one's sounds
    SECURITY = "security"
    MESSAGES = "messages"  # makes no notices: these are pushed, and counted by themselves


class NoticeKind(enum.StrEnum):
    """What a notice tells."""

    LIKE = "like"
    COMMENT_LIKE = "comment_like"
    COMMENT = "comment"
    REPLY = "reply"
    MENTION = "mention"
    REPOSTED = "reposted"
    FOLLOW = "follow"
    FOLLOW_REQUEST = "follow_request"
    REQUEST_ACCEPTED = "request_accepted"
    SOUND_USED = "sound_used"
    VIDEO_READY = "video_ready"
    VIDEO_OUT = "video_out"  # at the time that its author had set
    VIDEO_FAILED = "video_failed"
    SOUND_MUTED = "sound_muted"  # of a video of theirs
    SECURITY = "security"


TOPIC_OF: Final = {
    NoticeKind.LIKE: NoticeTopic.LIKES,
    NoticeKind.COMMENT_LIKE: NoticeTopic.LIKES,
    NoticeKind.COMMENT: NoticeTopic.COMMENTS,
    NoticeKind.REPLY: NoticeTopic.COMMENTS,
    NoticeKind.MENTION: NoticeTopic.MENTIONS,
    NoticeKind.REPOSTED: NoticeTopic.REPOSTS,
    NoticeKind.FOLLOW: NoticeTopic.FOLLOWERS,
    NoticeKind.FOLLOW_REQUEST: NoticeTopic.FOLLOWERS,
    NoticeKind.REQUEST_ACCEPTED: NoticeTopic.FOLLOWERS,
    NoticeKind.SOUND_USED: NoticeTopic.VIDEOS,
    NoticeKind.VIDEO_READY: NoticeTopic.VIDEOS,
    NoticeKind.VIDEO_OUT: NoticeTopic.VIDEOS,
    NoticeKind.VIDEO_FAILED: NoticeTopic.VIDEOS,
    NoticeKind.SOUND_MUTED: NoticeTopic.VIDEOS,
    NoticeKind.SECURITY: NoticeTopic.SECURITY,
}
MOST_COUNTED: Final = 1000  # people of one notice; more are told as so many
MOST_UNREAD: Final = 100  # unread notices; more are told as so many
MOST_SHOWN: Final = 3  # people of one notice by name


@dataclasses.dataclass(frozen=True, slots=True)
class NoticeVideo:
    """The video that a notice is about."""

    id: int
    handle: str  # of its author
    poster_url: str | None
    thumbhash: str


@dataclasses.dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as its owner sees it."""

    id: int  # its place: the higher, the newer; another one when somebody joins
    kind: NoticeKind
    at: datetime.datetime  # when it last said something new
    is_read: bool
    people: tuple[PersonCard, ...]  # who did it, the latest first, at most `MOST_SHOWN`
    person_count: int  # at most `MOST_COUNTED`
    is_followed: bool  # by the viewer: the first of them
    is_requested: bool  # the viewer has asked to follow the first of them
    video: NoticeVideo | None
    text: str  # the beginning of the comment
    event: SecurityEvent | None
    browser: str  # its name, where it did `event`
    path: str  # the page it leads to


@dataclasses.dataclass(frozen=True, slots=True)
class NoticePage:
    """Notices, newest first; `next_cursor` is None at the end."""

    notices: tuple[NoticeView, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class QuietHours:
    """Between which minutes since midnight nothing is pushed; across midnight where `end` comes before `start`."""

    start: int
    end: int
    time_zone: str  # IANA


@dataclasses.dataclass(frozen=True, slots=True)
class PreferencesView:
    """What a person wants to be told, and how."""

    hidden: frozenset[NoticeTopic]  # not told at all
    not_pushed: frozenset[NoticeTopic]  # told in the app only
    quiet: QuietHours | None
    wants_digest: bool
    may_have_digest: bool  # there is a proved address to send it to
