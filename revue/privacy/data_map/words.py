"""The words the data map is written in."""

import dataclasses
import enum


class Category(enum.StrEnum):
    """What kind of thing a piece of data says about a person."""

    IDENTITY = "identity"  # who the person is here
    CONTACT = "contact"  # how to reach them
    AGE = "age"
    CREDENTIAL = "credential"  # what proves that it is them
    DEVICE = "device"  # browsers and network addresses
    PROFILE = "profile"  # what they chose to show
    CONTENT = "content"  # what they made and said
    GRAPH = "graph"  # whom they follow and what they like
    BEHAVIOUR = "behaviour"  # what they watched and how
    OFFICE = "office"  # role, standing, acts as an operator
    LINK = "link"  # a number that ties the row to them


class Region(enum.StrEnum):
    """Where data may be."""

    HOME = "home"  # stays in the person's home region
    PUBLIC = "public"  # shown to everyone, so it may be copied to every region
    INSTANCE = "instance"  # about the machine, not kept by region


@dataclasses.dataclass(frozen=True, slots=True)
class Personal:
    """A column that holds something about a person. Empty words are the table's own."""

    category: Category
    purpose: str
    exported: bool = True  # part of the person's export
    sealed: bool = False  # unreadable in a copy of the database
    retention: str = ""
    region: Region | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Plain:
    """A column that says nothing about a person, and why."""

    reason: str


Column = Personal | Plain


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """Every column of one table."""

    name: str
    holds: str
    columns: dict[str, Column]
    retention: str = ""
    region: Region = Region.HOME
    erased_by: str = ""

    @property
    def is_personal(self) -> bool:
        """Whether any column is."""
        return any(isinstance(column, Personal) for column in self.columns.values())


@dataclasses.dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie we set. Each is strictly necessary; there are no others."""

    name: str
    purpose: str
    lasts: str
    set_when: str
    is_readable_by_scripts: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Store:
    """Data about people outside the database's tables."""

    place: str
    holds: str
    category: Category
    retention: str
    region: Region
    erased_by: str


def plain_table(name: str, holds: str, reason: str, columns: str) -> Table:
    """A table that says nothing about anybody; `columns` are names with spaces between."""
    return Table(name, holds, {column: Plain(reason) for column in columns.split()})


def plain(reason: str, columns: str) -> dict[str, Column]:
    """Columns that say nothing about anybody, for the same reason."""
    return {column: Plain(reason) for column in columns.split()}


WITH_PERSON = "as long as the account"
CASCADE = "`accounts.delete_person`: the row goes with the person's"
ROW_ID = "a number of the row itself"
