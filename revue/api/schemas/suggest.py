"""What somebody who is typing may mean."""

import dataclasses
from collections.abc import Collection
from typing import Any

from ninja import Schema
from pydantic import Field

from revue.api.schemas.people import Author, author
from revue.social.contracts import SuggestedPerson
from revue.videos.contracts import TagCount


class SuggestedTagOut(Schema):
    """A tag of public videos."""

    name: str = Field(description="without #")
    videos: int = Field(description="public ones, counted every five minutes", ge=1)


class TagsOut(Schema):
    """At most eight tags."""

    items: list[SuggestedTagOut]


class SuggestedPersonOut(Schema):
    """Somebody whom the viewer may mean."""

    person: Author
    is_followed: bool


class PeopleOut(Schema):
    """At most eight people."""

    items: list[SuggestedPersonOut]


def tags(found: Collection[TagCount]) -> dict[str, Any]:
    """A `TagsOut` as a plain dict."""
    return {"items": [dataclasses.asdict(tag) for tag in found]}


def people(found: Collection[SuggestedPerson]) -> dict[str, Any]:
    """A `PeopleOut` as a plain dict."""
    return {"items": [{"person": author(one.card), "is_followed": one.is_followed} for one in found]}
