"""Who may write to whom and what each finds of it, said plainly a second time. Nothing of the product is asked here."""

import collections
import dataclasses
from collections.abc import Iterator

from tests.social.plain import Model

MOST_ASKED = 3  # letters of somebody whom nobody has answered


@dataclasses.dataclass(eq=False)
class Letter:
    """A message of one of two people."""

    by: int
    text: str
    video: int | None  # whose
    moment: int = 0  # the higher, the newer
    id: int = 0  # the product's
    is_unsent: bool = False


@dataclasses.dataclass
class Side:
    """How a talk stands for one of the two. They find the letters after `cleared`, up to `newest`."""

    state: str
    newest: int | None = None  # None: they find none
    cleared: int = 0
    read: int = 0
    has_declined: bool = False
    is_muted: bool = False


@dataclasses.dataclass
class Talk:
    """What two people have written to each other."""

    sides: dict[int, Side]
    letters: list[Letter] = dataclasses.field(default_factory=list)  # oldest first
    id: int = 0  # the product's


class Talks:
    """Everybody's talks. Steps answer whether they are possible."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._of: dict[int, dict[int, Talk]] = collections.defaultdict(dict)  # whose, with whom
        self._moment = 0

    # Questions.

    def between(self, one: int, other: int) -> Talk | None:
        """None: neither has written."""
        return self._of[one].get(other)

    def state(self, one: int, other: int) -> str:
        talk = self.between(one, other)
        return talk.sides[one].state if talk else "new"

    def asks_left(self, one: int, other: int) -> int | None:
        """How many letters are left to one who has to ask; None: they need not."""
        if self.state(one, other) not in ("new", "waiting") or (other, one) in self._model.follows:
            return None
        talk = self.between(one, other)
        asked = sum(letter.by == one for letter in talk.letters) if talk else 0
        return max(0, MOST_ASKED - asked)

    def why_not(self, one: int, other: int) -> str | None:
        """Why one cannot write to the other; a block is asked before."""
        if one in self._model.silent:
            return "off"
        if other in self._model.silent:
            return "nobody"
        return "waiting" if self.asks_left(one, other) == 0 else None

    def letters(self, one: int, other: int) -> list[Letter]:
        """What one finds of what the two have written; the newest first."""
        talk = self.between(one, other)
        if talk is None or talk.sides[one].newest is None:
            return []
        side = talk.sides[one]
        return [letter for letter in reversed(talk.letters) if side.cleared < letter.moment <= (side.newest or 0)]

    def unread(self, one: int, other: int) -> int:
        talk = self.between(one, other)
        return sum(
            letter.by == other and not letter.is_unsent and letter.moment > talk.sides[one].read
            for letter in self.letters(one, other)
            if talk
        )

    def read_up_to(self, one: int, other: int) -> int:
        """The moment up to which one is told that the other has read; 0: they are told nothing."""
        talk = self.between(one, other)
        is_open = talk is not None and all(side.state == "open" for side in talk.sides.values())
        return talk.sides[other].read if talk and is_open and (other, one) not in self._model.restricts else 0

    def video_state(self, one: int, other: int, letter: Letter) -> str | None:
        """What one finds of the letter's video."""
        if letter.video is None or letter.is_unsent:
            return None
        if letter.by == other and self.state(one, other) == "requested":
            return "held"
        return "shown" if self._model.watches(one, letter.video) else "gone"

    def listed(self, one: int, *, are_requests: bool) -> list[int]:
        """With whom, in one of the two lists; the newest first."""
        newest = {other: talk.sides[one].newest or 0 for other, talk in self._listed(one)}
        found = [other for other in newest if self._asks(one, other) is are_requests]
        return sorted(found, key=lambda other: -newest[other])

    def counts(self, one: int) -> tuple[int, int]:
        """How many talks have something new, and how many of those who ask."""
        counted = [
            talk.sides[one].state == "requested"
            for other, talk in self._listed(one)
            if (one, other) not in self._model.restricts and not talk.sides[one].is_muted and self.unread(one, other)
        ]
        return counted.count(False), counted.count(True)

    def _listed(self, one: int) -> Iterator[tuple[int, Talk]]:
        for other, talk in self._of[one].items():
            if talk.sides[one].newest is not None and not self._model.apart(one, other):
                yield other, talk

    def _asks(self, one: int, other: int) -> bool:
        return self.state(one, other) == "requested" or (one, other) in self._model.restricts

    # Steps.

    def write(self, letter: Letter, other: int) -> set[int] | None:
        """Who finds it; None: it cannot be written."""
        one = letter.by
        if self._model.apart(one, other) or self.why_not(one, other):
            return None
        if letter.video is not None:
            if not self._model.watches(one, letter.video):
                return None
            self._model.shares[letter.video] += 1
        is_request = self.asks_left(one, other) is not None
        talk = self.between(one, other) or self._begin(one, other)
        self._moment += 1
        letter.moment = self._moment
        talk.letters.append(letter)
        if not is_request:
            self._open(talk)
        heard = {who for who, side in talk.sides.items() if who == one or not side.has_declined}
        for who in heard:
            talk.sides[who].newest = letter.moment
        return heard

    def _begin(self, one: int, other: int) -> Talk:
        talk = Talk({one: Side("waiting"), other: Side("requested")})
        self._of[one][other] = self._of[other][one] = talk
        return talk

    def _open(self, talk: Talk) -> None:
        for side in talk.sides.values():
            side.state, side.has_declined = "open", False

    def accept(self, one: int, other: int) -> bool:
        talk = self._found(one, other)
        if talk and talk.sides[one].state == "requested":
            self._open(talk)
        return talk is not None

    def mute(self, one: int, other: int, *, is_muted: bool) -> bool:
        talk = self._found(one, other)
        if talk:
            talk.sides[one].is_muted = is_muted
        return talk is not None

    def read(self, one: int, other: int) -> bool:
        """All that one finds."""
        talk = self._found(one, other)
        if talk:
            talk.sides[one].read = max(talk.sides[one].read, talk.sides[one].newest or 0)
        return talk is not None

    def drop(self, one: int, other: int) -> bool:
        """Delete it for one; that declines a request, of which whoever asks is told nothing."""
        talk = self._found(one, other)
        if talk and talk.sides[one].newest is not None:
            side = talk.sides[one]
            side.has_declined = side.has_declined or side.state == "requested"
            side.newest, side.cleared = None, talk.letters[-1].moment if talk.letters else side.cleared
            erased = min(each.cleared for each in talk.sides.values())
            talk.letters = [letter for letter in talk.letters if letter.moment > erased]
        return talk is not None

    def unsend(self, one: int, other: int, letter: Letter) -> bool:
        """Take a letter back."""
        if self._found(one, other) is None or letter not in self.letters(one, other) or letter.by != one:
            return False
        letter.text, letter.is_unsent = "", True
        return True

    def _found(self, one: int, other: int) -> Talk | None:
        return None if self._model.apart(one, other) else self.between(one, other)
