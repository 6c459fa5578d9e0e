"""What other apps see of people."""

import dataclasses
import enum
from typing import TypedDict


class Role(enum.StrEnum):
    """What a person is on this instance; each role may do what those before it may."""

    MEMBER = "member"
    MODERATOR = "moderator"
    ADMIN = "admin"


class SecurityEvent(enum.StrEnum):
    """What happened to how somebody signs in."""

    SIGNED_IN = "signed_in"  # with a browser that was not signed in beside it
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a name
    EMAIL_CHANGED = "email_changed"
    FACTOR_ADDED = "factor_added"  # a second step or a passkey
    FACTOR_REMOVED = "factor_removed"
    CODES_MADE = "codes_made"  # new recovery codes


@dataclasses.dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. `person_id` is None for a visitor; `session_key` then tells visitors apart."""

    person_id: int | None = None
    role: Role = Role.MEMBER
    session_key: str = ""  # opaque and stable within a browser session; empty for machines

    @property
    def is_signed_in(self) -> bool:
        """Whether this is a person with an account."""
        return self.person_id is not None

    @property
    def is_moderator(self) -> bool:
        """Whether this is a moderator or an admin."""
        return self.role in (Role.MODERATOR, Role.ADMIN)


class Circle(enum.StrEnum):
    """Whom a person lets do something; each takes in fewer people than the one before, and all take in the person."""

    EVERYONE = "everyone"
    FOLLOWERS = "followers"  # those who follow the person
    FRIENDS = "friends"  # of these, those whom the person follows too
    NOBODY = "nobody"


class Tie(enum.IntEnum):
    """How near somebody is to a person; each may do what those before it may."""

    NONE = 0  # visitors, and people who do not follow
    FOLLOWER = 1
    FRIEND = 2  # follows, and is followed back
    SELF = 3


class Choices(TypedDict, total=False):
    """What is changed of a person's privacy; what is left out stays as it is."""

    is_private: bool
    is_suggested: bool
    is_indexed: bool
    who_comments: Circle
    who_mentions: Circle
    who_duets: Circle
    who_stitches: Circle
    who_downloads: Circle
    who_uses_sounds: Circle
    who_sees_lists: Circle
    who_messages: Circle
    shows_read: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Privacy:
    """What a person has chosen about themselves and others. The defaults are everybody's who has chosen nothing."""

    is_private: bool = False  # who would follow has to ask, and only followers find their videos
    is_suggested: bool = True  # named to people who do not follow them, while these type
    is_indexed: bool = True  # search engines may show their page and their videos
    shows_read: bool = True  # to whom they write with, up to where they have read; they see it of the others then
    who_comments: Circle = Circle.EVERYONE  # under their videos
    who_mentions: Circle = Circle.EVERYONE
    who_duets: Circle = Circle.EVERYONE  # puts a video beside one of theirs
    who_stitches: Circle = Circle.EVERYONE  # begins a video with a part of one of theirs
    who_downloads: Circle = Circle.EVERYONE
    who_uses_sounds: Circle = Circle.EVERYONE  # lays a sound of theirs under a video
    who_sees_lists: Circle = Circle.EVERYONE  # of whom they follow and who follows them
    who_messages: Circle = Circle.EVERYONE  # writes to them; nobody: they write to nobody either


VISITOR = Viewer()
OPERATOR = Viewer(role=Role.ADMIN)  # whoever has a shell on the machine: the command line acts as this


@dataclasses.dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as shown beside a video or a comment."""

    id: int
    handle: str
    name: str
    avatar_url: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class ProfileLink:
    """A link a person shows on their profile."""

    title: str
    url: str  # http or https


@dataclasses.dataclass(frozen=True, slots=True)
class Profile:
    """A person's own page, without the numbers that other apps count."""

    id: int
    handle: str
    name: str
    bio: str
    links: tuple[ProfileLink, ...]
    avatar_url: str | None
    is_self: bool
    is_private: bool = False
    is_indexed: bool = True  # search engines may show it


@dataclasses.dataclass(frozen=True, slots=True)
class Me:
    """A signed-in person's own account."""

    id: int
    handle: str
    name: str
    avatar_url: str | None
    role: Role
    email: str
    bio: str
    links: tuple[ProfileLink, ...]
    home_region: str


@dataclasses.dataclass(frozen=True, slots=True)
class Instance:
    """What a client needs to know of this instance before anyone signs in."""

    name: str
    invite_only: bool
    minimum_age: int  # years; 0 where nobody is asked
    max_upload_bytes: int
    max_video_seconds: int
    has_direct_uploads: bool  # clients send bytes to the bucket themselves
    bin_days: int  # how long what was deleted can be taken back; 0: it cannot
