"""Rules about handles and age: pure, so that forms, actions and tests ask the same question."""

import datetime
import re

from revue.accounts.contracts import Viewer
from revue.accounts.errors import BadHandle
from revue.platform.errors import SignInNeeded

SHORTEST_HANDLE = 3
LONGEST_HANDLE = 30
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


def clean_handle(text: str) -> str:
    """The handle as it is stored: lower case, without the @ people like to type.

    Raises:
        BadHandle: it breaks the rule or is reserved.
    """
    handle = text.strip().removeprefix("@").lower()
    if not _HANDLE.fullmatch(handle):
        raise BadHandle(fields={"handle": BadHandle.title})
    if handle in RESERVED_HANDLES:
        raise BadHandle("This name is reserved. Try another.", fields={"handle": "This name is reserved. Try another."})
    return handle


def age_on(day: datetime.date, *, born: datetime.date) -> int:
    """Whole years lived on `day`. Someone born on 29 February has their birthday on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_old_enough(*, born: datetime.date, today: datetime.date, minimum_age: int) -> bool:
    """Whether someone born on `born` may have an account today."""
    return age_on(today, born=born) >= minimum_age


def person_id_of(viewer: Viewer) -> int:
    """The signed-in person's id.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    if viewer.person_id is None:
        raise SignInNeeded
    return viewer.person_id
