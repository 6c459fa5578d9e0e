"""People as other people see them."""

import dataclasses
from typing import Annotated, Any, cast

from ninja import Schema
from pydantic import Field

from revue.accounts.contracts import Choices, Circle, PersonCard, Privacy
from revue.platform import ids
from revue.social import policy
from revue.social.contracts import PeoplePage, PersonLine


class Author(Schema):
    """A person beside a video or a comment."""

    id: str
    handle: str
    name: str
    avatar_url: str | None


class PersonLineOut(Schema):
    """Somebody in a list of people, and what the asking viewer has to do with them."""

    person: Author
    following: bool
    follows_viewer: bool = Field(description="both: they are friends")
    requested: bool = Field(description="the viewer has asked to follow them")
    is_self: bool


class PeoplePageOut(Schema):
    """One page of a list of people; `next_cursor` is null at the end."""

    items: list[PersonLineOut]
    next_cursor: str | None


class BlockIn(Schema):
    """Whom to block."""

    handles: list[Annotated[str, Field(max_length=30)]] = Field(
        description="without @", min_length=1, max_length=policy.MOST_BLOCKED_AT_ONCE
    )


class PrivacyOut(Schema):
    """What a person lets others do and find."""

    is_private: bool = Field(description="who would follow has to ask, and only followers find the videos")
    is_suggested: bool = Field(description="named to people who type and do not follow")
    is_indexed: bool = Field(description="search engines may show the profile and the videos")
    who_comments: Circle = Field(description="under the person's videos, as far as each lets them")
    who_mentions: Circle
    who_duets: Circle = Field(description="as far as each video lets them; of a private account nobody")
    who_stitches: Circle = Field(description="as far as each video lets them; of a private account nobody")
    who_downloads: Circle = Field(description="as far as each video lets them; of a private account nobody")
    who_uses_sounds: Circle = Field(description="as far as each sound lets them; of a private account nobody")
    who_sees_lists: Circle = Field(description="of whom they follow and who follows them")
    who_messages: Circle = Field(description="writes to the person; nobody: the person writes to nobody either")
    shows_read: bool = Field(description="to whom they write with, up to where they have read; seen where both show it")


class PrivacyPatch(Schema):
    """What to change; a part that is left out stays as it is."""

    is_private: bool | None = None
    is_suggested: bool | None = None
    is_indexed: bool | None = None
    who_comments: Circle | None = None
    who_mentions: Circle | None = None
    who_duets: Circle | None = None
    who_stitches: Circle | None = None
    who_downloads: Circle | None = None
    who_uses_sounds: Circle | None = None
    who_sees_lists: Circle | None = None
    who_messages: Circle | None = None
    shows_read: bool | None = None

    def choices(self) -> Choices:
        """The parts that are there, as actions take them."""
        return cast("Choices", self.dict(exclude_none=True))


def author(card: PersonCard) -> dict[str, str | None]:
    """An `Author` as a plain dict."""
    return {"id": ids.to_short(card.id), "handle": card.handle, "name": card.name, "avatar_url": card.avatar_url}


def people_page(page: PeoplePage) -> dict[str, Any]:
    """A `PeoplePageOut` as a plain dict."""
    return {"items": [_line(line) for line in page.people], "next_cursor": page.next_cursor}


def _line(line: PersonLine) -> dict[str, Any]:
    return {
        "person": author(line.card),
        "following": line.is_followed,
        "follows_viewer": line.is_follower,
        "requested": line.is_requested,
        "is_self": line.is_self,
    }


def privacy(chosen: Privacy) -> dict[str, Any]:
    """A `PrivacyOut` as a plain dict."""
    return dataclasses.asdict(chosen)
