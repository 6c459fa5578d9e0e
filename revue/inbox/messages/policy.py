"""Who may write to whom, and what a message may be. Pure."""

import dataclasses
import datetime
import unicodedata
from typing import Final

from revue.accounts import policy as accounts
from revue.accounts.contracts import Circle, Tie
from revue.inbox.messages.contracts import LONGEST_MESSAGE, MOST_ASKED, ConversationState, WhyNot
from revue.inbox.messages.errors import (
    BadMessage,
    BadReport,
    MessagesOff,
    RequestWaits,
    TakesNoMessages,
    TooYoungForMessages,
)
from revue.platform.errors import RevueError

YOUNGEST: Final = 16  # years
# Whoever was refused, or got no answer, may ask again after this: nothing tells them which it was. And so long may
# anybody answer who was written to.
ASKS_AGAIN_AFTER: Final = datetime.timedelta(days=30)
LONGEST_REPORT: Final = 500
ERROR_OF: Final[dict[WhyNot, type[RevueError]]] = {
    WhyNot.YOUNG: TooYoungForMessages,
    WhyNot.OFF: MessagesOff,
    WhyNot.NOBODY: TakesNoMessages,
    WhyNot.WAITING: RequestWaits,
}


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """What somebody who would write has to do with the other. A block is asked before all of this."""

    born: datetime.date | None  # None: they were not asked
    circle: Circle  # from whom they take messages themselves
    other_born: datetime.date | None
    other_circle: Circle
    tie: Tie  # theirs to the other
    is_followed: bool  # by the other
    state: ConversationState
    asked: int  # messages that they have written within `ASKS_AGAIN_AFTER`, at most `MOST_ASKED`
    is_answer: bool  # the other has written to them within as long


def why_not(standing: Standing, *, today: datetime.date) -> WhyNot | None:
    """Why somebody cannot write to another now; None: they can."""
    if _is_young(standing.born, today):
        return WhyNot.YOUNG
    if standing.circle is Circle.NOBODY:
        return WhyNot.OFF
    if _is_young(standing.other_born, today) or not _takes(standing):
        return WhyNot.NOBODY
    if is_request(standing) and standing.asked >= MOST_ASKED:
        return WhyNot.WAITING
    return None


def is_request(standing: Standing) -> bool:
    """Whether what somebody writes now asks first. Whom the other follows needs not to, nor who was asked."""
    has_to_ask = standing.state in (ConversationState.NEW, ConversationState.WAITING)
    return has_to_ask and not standing.is_followed


def _takes(standing: Standing) -> bool:
    """Whether the other takes messages from somebody: as they have chosen, and from whom they have written to."""
    if standing.other_circle is Circle.NOBODY:
        return False
    return standing.is_answer or accounts.lets(standing.other_circle, standing.tie)


def _is_young(born: datetime.date | None, today: datetime.date) -> bool:
    return born is not None and accounts.age_on(today, born=born) < YOUNGEST


def clean_message(text: str, *, has_video: bool) -> str:
    """The text as it is stored: no control characters, no spaces around it.

    Raises:
        BadMessage: nothing is left and there is no video either, or more than 1000 characters.
    """
    plain = _plain(text)
    if len(plain) > LONGEST_MESSAGE or not (plain or has_video):
        raise BadMessage(fields={"text": BadMessage.title})
    return plain


def clean_report(text: str) -> str:
    """What is said beside the reason of a report, as it is stored; perhaps empty.

    Raises:
        BadReport: more than 500 characters are left.
    """
    plain = _plain(text)
    if len(plain) > LONGEST_REPORT:
        raise BadReport(fields={"text": BadReport.title})
    return plain


def _plain(text: str) -> str:
    return "".join(one for one in text if one == "\n" or unicodedata.category(one) not in ("Cc", "Cs")).strip()
