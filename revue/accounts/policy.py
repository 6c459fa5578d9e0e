"""Rules about handles and age: pure, so that forms, actions and tests ask the same question."""

import datetime
import re
import unicodedata
import urllib.parse

from revue.accounts.contracts import Circle, ProfileLink, Role, Tie, Viewer
from revue.accounts.errors import BadBirthDate, BadHandle, BadProfile, TooYoung
from revue.platform import clock
from revue.platform.errors import NotAllowed, SignInNeeded

SHORTEST_HANDLE = 3
LONGEST_HANDLE = 30
LONGEST_NAME = 50
LONGEST_BIO = 160
LONGEST_LINK_TITLE = 40
LONGEST_LINK_URL = 300
MOST_LINKS = 5
OLDEST_PERSON = 125
_NEAREST = {
    Circle.EVERYONE: Tie.NONE,
    Circle.FOLLOWERS: Tie.FOLLOWER,
    Circle.FRIENDS: Tie.FRIEND,
    Circle.NOBODY: Tie.SELF,
}
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BAD_LINK = "Use links that begin with https:// or http://."
_RESERVED = "This name is reserved. Try another."
_HANDLE = re.compile(r"(?!.*\.\.)[a-z0-9_](?:[a-z0-9_.]{1,28})[a-z0-9_]", re.ASCII)

# Words that are, or may become, addresses and titles of the product itself.
RESERVED_HANDLES = frozenset(
    """
    about abuse account accounts admin administrator api app apps assets auth blog bot cdn contact create
    deleted discover dm docs embed everyone explore favicon.ico feed following foryou guest healthz help home
    inbox info internal invite invitation legal live login logout mail manifest.json me media messages
    metrics mod moderation moderator moderators nobody notifications null oauth oembed official operator
    owner passkeys postmaster privacy profile readyz register report review revue robots.txt root rules
    safety search security session sessions settings share sign-in sign-up signin signup sitemap.xml
    sound sounds staff static status studio support system tag tags team terms test trends undefined
    unknown upload uploads user users verify video videos webmaster well-known www you
    """.split()  # noqa: SIM905 - a list of words is easier to read and to keep sorted
)


def clean_handle(text: str, *, may_be_reserved: bool = False) -> str:
    """The handle as it is stored: lower case, without the @ people like to type.

    Args:
        text: what was typed.
        may_be_reserved: for accounts that speak for the instance.

    Raises:
        BadHandle: it breaks the rule or is reserved.
    """
    handle = text.strip().removeprefix("@").lower()
    if not _HANDLE.fullmatch(handle):
        raise BadHandle(fields={"handle": BadHandle.title})
    if handle in RESERVED_HANDLES and not may_be_reserved:
        raise BadHandle(_RESERVED, fields={"handle": _RESERVED})
    return handle


def age_on(day: datetime.date, *, born: datetime.date) -> int:
    """Whole years lived on `day`. Someone born on 29 February has their birthday on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def check_birth_date(born: datetime.date, *, minimum_age: int) -> None:
    """Let through whoever is `minimum_age` today, in UTC. The answer to others does not say how old is old enough.

    Raises:
        BadBirthDate: nobody alive was born on that day.
        TooYoung: whole years lived are fewer than `minimum_age`.
    """
    age = age_on(clock.now().date(), born=born)
    if not 0 <= age <= OLDEST_PERSON:
        raise BadBirthDate(fields={"birth_date": BadBirthDate.title})
    if age < minimum_age:
        raise TooYoung(fields={"birth_date": TooYoung.title})


def person_id_of(viewer: Viewer) -> int:
    """The signed-in person's id.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    if viewer.person_id is None:
        raise SignInNeeded
    return viewer.person_id


def lets(circle: Circle, tie: Tie) -> bool:
    """Whether somebody with this tie to a person is in the circle that the person lets do something."""
    return tie >= _NEAREST[circle]


def may_see_videos(*, is_private: bool, tie: Tie) -> bool:
    """Whether somebody finds a person's videos: of a private account only who follows does."""
    return not is_private or tie >= Tie.FOLLOWER


def may_see_follows(circle: Circle, *, is_private: bool, tie: Tie) -> bool:
    """Whether somebody may read whom a person follows, and who follows them."""
    return may_see_videos(is_private=is_private, tie=tie) and lets(circle, tie)


def circles_of(tie: Tie) -> tuple[Circle, ...]:
    """The circles in which somebody with this tie is: `lets` for the database."""
    return tuple(circle for circle in Circle if lets(circle, tie))


def require_admin(actor: Viewer) -> None:
    """Refuse everyone below an admin.

    Raises:
        NotAllowed: the actor is no admin.
    """
    if actor.role is not Role.ADMIN:
        raise NotAllowed


def clean_text(text: str, *, field: str, longest: int) -> str:
    """One line of words as it is stored: composed, without control letters or tricks of direction.

    Raises:
        BadProfile: it is too long.
    """
    plain = "".join(" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", text))
    kept = "".join(letter for letter in plain if not _is_trick(letter)).strip()
    if len(kept) > longest:
        raise BadProfile(fields={field: f"Use at most {longest} letters."})
    return kept


def _is_trick(letter: str) -> bool:
    """Control letters, and those that turn the direction of what follows them."""
    return unicodedata.category(letter) in ("Cc", "Cs", "Co") or letter in _TURNS


def clean_links(links: list[ProfileLink]) -> list[dict[str, str]]:
    """Links as they are stored.

    Raises:
        BadProfile: too many, too long, or not an address on the web.
    """
    if len(links) > MOST_LINKS:
        raise BadProfile(fields={"links": f"Use at most {MOST_LINKS} links."})
    return [{"title": _link_title(link), "url": _link_url(link.url.strip())} for link in links]


def _link_title(link: ProfileLink) -> str:
    return clean_text(link.title, field="links", longest=LONGEST_LINK_TITLE)


def _link_url(url: str) -> str:
    try:
        parts = urllib.parse.urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError as error:
        raise BadProfile(fields={"links": _BAD_LINK}) from error
    is_plain = not any(letter.isspace() or _is_trick(letter) for letter in url) and "@" not in parts.netloc
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain or not port_is_fine:
        raise BadProfile(fields={"links": _BAD_LINK})
    if len(url) > LONGEST_LINK_URL:
        raise BadProfile(fields={"links": f"Use links of at most {LONGEST_LINK_URL} letters."})
    return url
