"""Who may see what of whom, said plainly a second time: what the product is held against. Nothing of it is asked here.

People are numbers. Everybody has one video, which has their number too.
"""

import collections
import dataclasses
from collections.abc import Callable, Iterable, Iterator

Pair = tuple[int, int]  # (who does it, to whom)
MOST_COUNTED = 100  # unread notices
_SAID = ("comment", "reply", "mention")


@dataclasses.dataclass(eq=False)
class Remark:
    """A comment, or a reply below one."""

    by: int
    at: int  # whose video
    text: str
    named: frozenset[int]
    thread: "Remark | None" = None
    answered: "Remark | None" = None
    id: int = 0  # the product's
    is_held: bool = False  # until whose video it is approves it
    is_deleted: bool = False
    liked: set[int] = dataclasses.field(default_factory=set)

    @property
    def is_shown(self) -> bool:
        """To everybody, as far as it goes by itself."""
        return not self.is_held and not self.is_deleted


@dataclasses.dataclass(eq=False)
class Note:
    """Something that somebody is told."""

    kind: str
    to: int
    key: tuple[str, object, int]
    at: int | None
    remark: Remark | None
    place: int = 0  # the higher, the newer
    actors: list[int] = dataclasses.field(default_factory=list)
    is_read: bool = False


class Model:
    """What people did, and what follows from it. Steps answer whether they are possible."""

    def __init__(self, people: int) -> None:
        self.people = range(people)
        self.follows, self.asks, self.blocks, self.mutes, self.restricts = (set[Pair]() for _ in range(5))
        self.likes, self.saves, self.reposts = (set[Pair]() for _ in range(3))  # of the other's video
        self.shares = collections.Counter[int]()
        self.closed, self.secretive, self.shy, self.unnamed, self.silent = (set[int]() for _ in range(5))
        self.audience = dict.fromkeys(self.people, "everyone")
        self.steady = set(self.people)  # whose video has stood in everybody's lists since the beginning
        self.remarks: dict[int, list[Remark]] = {one: [] for one in self.people}  # under whose video, oldest first
        self.notes: dict[int, list[Note]] = {one: [] for one in self.people}
        self._told = set[tuple[int, tuple[str, object, int]]]()
        self._open_notes: dict[tuple[str, object, int], Note] = {}
        self._moment = 0

    def do(self, name: str, one: int, other: int) -> bool:
        """One of the steps that need no more than two people."""
        self._moment += 1
        step: Callable[[int, int], bool] = getattr(self, f"_{name}")
        return step(one, other)

    # Questions.

    def apart(self, one: int, other: int) -> bool:
        """A block is between them."""
        return (one, other) in self.blocks or (other, one) in self.blocks

    def sees(self, one: int, other: int) -> bool:
        """One finds what the other shows to everybody, as far as the account goes."""
        return one == other or (
            not self.apart(one, other) and (other not in self.closed or (one, other) in self.follows)
        )

    def watches(self, one: int, other: int) -> bool:
        """One may watch the other's video."""
        if one == other:
            return True
        follows, is_friend = (one, other) in self.follows, (other, one) in self.follows
        by_audience = {"followers": follows, "friends": follows and is_friend, "only_me": False}
        return self.sees(one, other) and by_audience.get(self.audience[other], True)

    def is_public(self, other: int) -> bool:
        """The other's video is in everybody's lists."""
        return self.audience[other] == "everyone" and other not in self.closed

    def lists(self, one: int, other: int) -> bool:
        """The other's video stands in lists that one reads."""
        return self.is_public(other) and not self.apart(one, other)

    def follows_in(self, one: int, other: int) -> bool:
        """The other's video stands in one's Following: it is the other's, or somebody whom one follows passed it on."""
        if one == other or (one, other) in self.mutes:
            return False
        if (one, other) in self.follows:
            return self.watches(one, other) and self.audience[other] != "unlisted"
        return self.lists(one, other) and any(
            (one, by) in self.follows and (one, by) not in self.mutes for by, at in self.reposts if at == other
        )

    def names(self, one: int, other: int) -> bool:
        """One may mention the other."""
        return one != other and not self.apart(one, other) and other not in self.unnamed

    def reads(self, one: int, remark: Remark) -> bool:
        """One who may watch the video may read what is said there."""
        return all(
            not self.apart(one, part.by) and (not part.is_held or one in (part.by, part.at))
            for part in (remark, remark.thread)
            if part is not None
        )

    def replies(self, one: int | None, root: Remark) -> list[Remark]:
        """Those that one sees; None: everybody."""
        below = [remark for remark in self.remarks[root.at] if remark.thread is root and not remark.is_deleted]
        if one is None:
            return [remark for remark in below if not remark.is_held]
        return [remark for remark in below if self.reads(one, remark)]

    def roots(self, one: int, other: int) -> list[Remark]:
        """What begins a thread under the other's video, for one who may watch it; the newest first."""
        return [
            remark
            for remark in reversed(self.remarks[other])
            if remark.thread is None
            and self.reads(one, remark)
            and (not remark.is_deleted or self.replies(None, remark))
        ]

    def said(self, other: int) -> int:
        """How many remarks everybody is told there are."""
        roots = [remark for remark in self.remarks[other] if remark.thread is None and not remark.is_held]
        return sum(len(self.replies(None, root)) + (not root.is_deleted) for root in roots)

    def actors(self, note: Note) -> list[int]:
        """Of whom its owner may hear."""
        return [by for by in note.actors if not self.apart(note.to, by) and (note.to, by) not in self.mutes]

    def is_told(self, note: Note) -> bool:
        """Whether it may be seen, counted and pushed."""
        if not self.actors(note) or (note.at is not None and not self.watches(note.to, note.at)):
            return False
        return note.remark is None or (note.remark.is_shown and self.reads(note.to, note.remark))

    def inbox(self, one: int) -> list[Note]:
        """The newest first."""
        return sorted(filter(self.is_told, self.notes[one]), key=lambda note: note.place, reverse=True)

    def unread(self, one: int) -> int:
        """As the badge has it."""
        return min(MOST_COUNTED, sum(not note.is_read and self.is_told(note) for note in self.notes[one]))

    # Steps between two people.

    def _follow(self, one: int, other: int) -> bool:
        pair = (one, other)
        if self.apart(*pair):
            return False
        if pair in self.follows or pair in self.asks:
            return True
        is_asked = other in self.closed
        (self.asks if is_asked else self.follows).add(pair)
        self._tell("follow_request" if is_asked else "follow", other, one)
        return True

    def _unfollow(self, one: int, other: int) -> bool:
        if self.apart(one, other):
            return False
        self._end_ask(one, other, is_answered=False)
        self._end_follow(one, other)
        return True

    def _remove(self, one: int, other: int) -> bool:
        if self.apart(one, other):
            return False
        self._end_follow(other, one)
        return True

    def _approve(self, one: int, other: int) -> bool:
        if (other, one) in self.asks:
            self._let_in(other, one)
        return not self.apart(one, other) and (other, one) in self.follows

    def _decline(self, one: int, other: int) -> bool:
        if self.apart(one, other):
            return False
        self._end_ask(other, one, is_answered=True)
        return True

    def _block(self, one: int, other: int) -> bool:
        self.blocks.add((one, other))
        for by, to in ((one, other), (other, one)):
            self._end_ask(by, to, is_answered=to == one)
            self._end_follow(by, to)
            self.saves.discard((by, to))
            self._end_mark(self.likes, "like", by, to)
            self._end_mark(self.reposts, "reposted", by, to)
            for remark in self._remarks_by(to):
                if by in remark.liked:
                    self._unlike_remark(by, remark)
        return True

    def _unblock(self, one: int, other: int) -> bool:
        self.blocks.discard((one, other))
        return True

    def _mute(self, one: int, other: int) -> bool:
        self.mutes.add((one, other))
        return True

    def _unmute(self, one: int, other: int) -> bool:
        self.mutes.discard((one, other))
        return True

    def _restrict(self, one: int, other: int) -> bool:
        self.restricts.add((one, other))
        return True

    def _unrestrict(self, one: int, other: int) -> bool:
        self.restricts.discard((one, other))
        return True

    # Steps of one person by themselves.

    def _close(self, one: int, _: int) -> bool:
        self.closed.add(one)
        self.steady.discard(one)
        return True

    def _open(self, one: int, _: int) -> bool:
        self.closed.discard(one)
        for by, to in sorted(self.asks):
            if to == one:
                self._let_in(by, one)
        return True

    def switch(self, switch: str, one: int, *, is_on: bool) -> None:
        """`secretive`: shows no list of people; `shy`: is not suggested; `unnamed`: nobody mentions them;
        `silent`: nobody writes to them.
        """
        people: set[int] = getattr(self, switch)
        (people.add if is_on else people.discard)(one)

    def show_to(self, one: int, audience: str) -> None:
        """Choose who may watch one's video."""
        self.audience[one] = audience
        if audience != "everyone":
            self.steady.discard(one)

    def read_inbox(self, one: int) -> None:
        """One has seen all that is told them."""
        newest = max((note.place for note in self.notes[one] if self.is_told(note)), default=0)
        for note in self.notes[one]:
            if not note.is_read and note.place <= newest:
                note.is_read = True
                self._open_notes.pop(note.key, None)

    # Steps with a video.

    def _like(self, one: int, other: int) -> bool:
        return self.watches(one, other) and self._mark(self.likes, "like", one, other)

    def _unlike(self, one: int, other: int) -> bool:
        return self.watches(one, other) and self._end_mark(self.likes, "like", one, other)

    def _repost(self, one: int, other: int) -> bool:
        return self.lists(one, other) and self._mark(self.reposts, "reposted", one, other)

    def _unrepost(self, one: int, other: int) -> bool:
        return self.watches(one, other) and self._end_mark(self.reposts, "reposted", one, other)

    def _save(self, one: int, other: int) -> bool:
        if self.watches(one, other):
            self.saves.add((one, other))
        return self.watches(one, other)

    def _unsave(self, one: int, other: int) -> bool:
        if self.watches(one, other):
            self.saves.discard((one, other))
        return self.watches(one, other)

    def _share(self, one: int, other: int) -> bool:
        self.shares[other] += self.watches(one, other)
        return self.watches(one, other)

    # Steps with what is said.

    def say(self, remark: Remark) -> bool:
        """Say something under a video, or in answer to what is said there."""
        self._moment += 1
        answered, root = remark.answered, remark.thread
        if not self.watches(remark.by, remark.at):
            return False
        if answered is not None and root is not None:
            if answered.is_deleted or not self.reads(remark.by, answered) or answered.is_held or root.is_held:
                return False
            if answered is not root and answered.by != remark.by:
                remark.named |= {answered.by}  # it begins with their name
        remark.is_held = self._holds(remark)
        self.remarks[remark.at].append(remark)
        if not remark.is_held:
            self._announce(remark)
        return True

    def edit(self, one: int, remark: Remark, text: str, named: frozenset[int]) -> bool:
        """Put it in other words."""
        self._moment += 1
        if remark.is_deleted or remark.by != one or not self._finds(one, remark):
            return False
        was_held, remark.is_held = remark.is_held, self._holds(remark)
        remark.text, remark.named = text, named
        if remark.is_held:
            self._forget(remark)
        elif was_held:
            self._announce(remark)
        else:
            self._tell_named(remark)
        return True

    def delete(self, one: int, remark: Remark) -> bool:
        """Take it back; whose video it is under may as well."""
        if remark.is_deleted or one not in (remark.by, remark.at):
            return False
        remark.is_deleted, remark.is_held = True, False
        remark.liked.clear()
        self._forget(remark)
        return True

    def approve_remark(self, one: int, remark: Remark) -> bool:
        """Let everybody see what waits."""
        self._moment += 1
        if remark.is_deleted or one != remark.at or not self._finds(one, remark):
            return False
        was_held, remark.is_held = remark.is_held, False
        if was_held:
            self._announce(remark)
        return True

    def like_remark(self, one: int, remark: Remark, *, is_on: bool) -> bool:
        """Like it, or no more."""
        self._moment += 1
        is_there = remark.is_shown and not (remark.thread and remark.thread.is_held)
        if not is_there or not self._finds(one, remark):
            return False
        if is_on and one not in remark.liked:
            remark.liked.add(one)
            self._tell("comment_like", remark.by, one, remark.at, remark)
        elif not is_on and one in remark.liked:
            self._unlike_remark(one, remark)
        return True

    # What they are made of.

    def _finds(self, one: int, remark: Remark) -> bool:
        return self.watches(one, remark.at) and self.reads(one, remark)

    def _holds(self, remark: Remark) -> bool:
        return (remark.at, remark.by) in self.restricts and remark.at != remark.by

    def _remarks_by(self, one: int) -> Iterator[Remark]:
        return (remark for remarks in self.remarks.values() for remark in remarks if remark.by == one)

    def _unlike_remark(self, one: int, remark: Remark) -> None:
        remark.liked.discard(one)
        self._untell("comment_like", remark.by, one, remark)

    def _announce(self, remark: Remark) -> None:
        self._tell_named(remark)
        for answered in (remark.answered, remark.thread):
            if answered is not None:
                self._tell("reply", answered.by, remark.by, remark.at, remark)
        self._tell("comment", remark.at, remark.by, remark.at, remark)

    def _tell_named(self, remark: Remark) -> None:
        for named in remark.named:
            if self.names(remark.by, named):
                self._tell("mention", named, remark.by, remark.at, remark)

    def _let_in(self, by: int, to: int) -> None:
        self._end_ask(by, to, is_answered=True)
        self.follows.add((by, to))
        self._tell("request_accepted", by, to)
        self._tell("follow", to, by)

    def _end_ask(self, by: int, to: int, *, is_answered: bool) -> None:
        if (by, to) in self.asks:
            self.asks.discard((by, to))
            self._untell("follow_request", to, by, None, even_read=is_answered)

    def _end_follow(self, by: int, to: int) -> None:
        if (by, to) in self.follows:
            self.follows.discard((by, to))
            self._untell("follow", to, by, None)

    def _mark(self, marks: set[Pair], kind: str, one: int, other: int) -> bool:
        if (one, other) not in marks:
            marks.add((one, other))
            self._tell(kind, other, one, other)
        return True

    def _end_mark(self, marks: set[Pair], kind: str, one: int, other: int) -> bool:
        if (one, other) in marks:
            marks.discard((one, other))
            self._untell(kind, other, one, other)
        return True

    def _tell(self, kind: str, to: int, by: int, at: int | None = None, remark: Remark | None = None) -> None:
        """Each is told once of what somebody did to one thing; several who did the same are told of together."""
        key = _key(kind, to, remark or at)
        if to == by or (by, key) in self._told:
            return
        note = self._open_notes.get(key)
        if note is None:
            note = self._open_notes[key] = Note(kind, to, key, at, remark)
            self.notes[to].append(note)
        note.place = self._moment
        note.actors.append(by)
        self._told.add((by, key))

    def _untell(self, kind: str, to: int, by: int, about: object, *, even_read: bool = False) -> None:
        """What was read stays as it was read."""
        key = _key(kind, to, about)
        for note in [note for note in self.notes[to] if note.key == key and by in note.actors]:
            if not note.is_read or even_read:
                note.actors.remove(by)
                self._told.discard((by, key))
                self._drop([note] if not note.actors else [])

    def _forget(self, remark: Remark) -> None:
        for notes in self.notes.values():
            self._drop([note for note in notes if note.remark is remark])

    def _drop(self, notes: Iterable[Note]) -> None:
        for note in notes:
            self.notes[note.to].remove(note)
            self._told -= {(by, note.key) for by in note.actors}
            if self._open_notes.get(note.key) is note:
                del self._open_notes[note.key]


def _key(kind: str, to: int, about: object) -> tuple[str, object, int]:
    return ("said" if kind in _SAID else kind, about, to)
