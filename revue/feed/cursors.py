"""Where a viewer is in a feed or list: small, signed, and worth nothing to anyone else."""

import dataclasses
import datetime

from revue.platform import ids, paging

_FORYOU = "feed.foryou"
_CHART = "feed.chart"
_LIST = "feed.list"
MOST_UNTAKEN = 50  # rounds that a cursor remembers: they get that many on a very poor line only
LONGEST_SESSION = 5000  # videos; after some fourteen hours a feed may end and begin anew


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A place in a For You session. What was served before it stands in the event log under the session's name."""

    session_id: int
    position: int
    round: int = 0  # how often places were filled again that the viewer had not come to
    since: int = 0  # the position at which this visit began: the viewer has gone on past an end they had set
    untaken: tuple[int, ...] = ()  # rounds that came too late: the viewer was shown what had stood there before

    def room(self, most: int | None) -> int:
        """How many videos are left of a visit of at most `most`; more than any page where there is no bound."""
        return LONGEST_SESSION if most is None else max(0, self.since + most - self.position)

    @property
    def session(self) -> str:
        """The session's name in the event log."""
        return ids.to_short(self.session_id)

    @property
    def started_ms(self) -> int:
        """When the session began, in milliseconds since 1970."""
        return (self.session_id >> ids.RANDOM_BITS) + ids.EPOCH_MS

    @property
    def day(self) -> datetime.date:
        """The day of the session's start: all it was served lies in that day's partition."""
        return datetime.datetime.fromtimestamp(self.started_ms / 1000, tz=datetime.UTC).date()

    def after(self, count: int) -> str:
        """The cursor of the place `count` videos further on."""
        return dataclasses.replace(self, position=self.position + count).sign()

    def again_from(self, position: int) -> "Place":
        """An earlier place, to be filled again from there on; itself where that is not earlier."""
        if position >= self.position:
            return self
        return dataclasses.replace(self, position=position, round=max(self.round, *self.untaken, 0) + 1)

    def without(self, count: int) -> "Place":
        """The same place, for a viewer who has not taken `count` fillings that began from it."""
        if not count:
            return self
        first = max(self.round, *self.untaken, 0) + 1
        untaken = (*self.untaken, *range(first, first + count))[-MOST_UNTAKEN:]
        return dataclasses.replace(self, untaken=untaken)

    def onward(self) -> str:
        """The cursor of this very place for a viewer who goes on past the end that they had set."""
        return dataclasses.replace(self, since=self.position).sign()

    def sign(self) -> str:
        """The cursor of this place."""
        data = {"s": self.session_id, "n": self.position, "f": self.since, "r": self.round}
        return paging.sign(_FORYOU, {**data, "x": self.untaken} if self.untaken else data)


def place_of(cursor: str) -> Place:
    """The place a cursor stands for; a new session for an empty one.

    Raises:
        BadCursor: the cursor is not ours.
    """
    if not cursor:
        return Place(session_id=ids.new_id(), position=0)
    data = paging.read(_FORYOU, cursor)
    untaken = tuple(data.get("x", ()))
    return Place(data["s"], data["n"], round=data.get("r", 0), since=data.get("f", 0), untaken=untaken)


@dataclasses.dataclass(frozen=True, slots=True)
class ChartPlace:
    """A place in an order that is the same for everybody."""

    period: int  # whose order: `recommender.chart.current_period` of when the visit began
    locale: str
    position: int

    @classmethod
    def read(cls, cursor: str) -> "ChartPlace":
        """The place a cursor stands for.

        Raises:
            BadCursor: the cursor is not ours, or belongs to another list.
        """
        data = paging.read(_CHART, cursor)
        return cls(period=data["p"], locale=data["l"], position=data["n"])

    def after(self, count: int) -> "ChartPlace":
        """The place `count` videos further on."""
        return dataclasses.replace(self, position=self.position + count)

    def sign(self) -> str:
        """The cursor for this place."""
        return paging.sign(_CHART, {"p": self.period, "l": self.locale, "n": self.position})


Keyset = int  # a video's id, or that of a row of the list: it goes on before it


@dataclasses.dataclass(frozen=True, slots=True)
class ListPlace:
    """A place in a list that is ordered by time."""

    before: Keyset | None  # the last video that was read
    position: int  # how many were shown so far
    since: int = 0  # as of `Place`
    top: Keyset | None = None  # where the walk began, for lists in which what comes later would move others

    def room(self, most: int | None) -> int:
        """As of `Place`."""
        return LONGEST_SESSION if most is None else max(0, self.since + most - self.position)

    @classmethod
    def read(cls, cursor: str, name: str) -> "ListPlace":
        """The place a cursor of the list `name` stands for; its beginning for an empty one.

        Raises:
            BadCursor: the cursor is not ours, or belongs to another list.
        """
        if not cursor:
            return cls(before=None, position=0)
        data = paging.read(f"{_LIST}.{name}", cursor)
        return cls(before=data["b"], position=data["n"], since=data.get("f", 0), top=data.get("t"))

    def sign(self, name: str) -> str:
        """The cursor for this place of the list `name`."""
        data = {"b": self.before, "n": self.position, "f": self.since}
        return paging.sign(f"{_LIST}.{name}", data if self.top is None else {**data, "t": self.top})

    def onward(self, name: str) -> str:
        """As of `Place`."""
        return dataclasses.replace(self, since=self.position).sign(name)
