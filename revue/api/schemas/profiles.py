"""A person's page."""

from typing import Any

from ninja import Schema
from pydantic import Field

from revue.api.schemas.accounts import Link, link
from revue.platform import ids
from revue.social.contracts import PersonList, PersonPage


class ProfileCounts(Schema):
    """The numbers on a profile."""

    followers: int
    following: int
    videos: int
    likes: int = Field(description="on all of the person's public videos")


class ProfileMarks(Schema):
    """What the asking viewer has to do with the person."""

    following: bool
    follows_viewer: bool
    is_self: bool


class Profile(Schema):
    """A person's page."""

    id: str
    handle: str
    name: str
    bio: str
    links: list[Link]
    avatar_url: str | None
    counts: ProfileCounts
    viewer: ProfileMarks
    lists: list[PersonList] = Field(description="that the viewer may see; collections: at least one of them")


def profile(page: PersonPage) -> dict[str, Any]:
    """A `Profile` as a plain dict."""
    person, counts = page.profile, page.counts
    return {
        "id": ids.to_short(person.id),
        "handle": person.handle,
        "name": person.name,
        "bio": person.bio,
        "links": [link(item) for item in person.links],
        "avatar_url": person.avatar_url,
        "counts": {
            "followers": counts.followers,
            "following": counts.following,
            "videos": counts.videos,
            "likes": counts.likes,
        },
        "viewer": {
            "following": page.is_followed,
            "follows_viewer": page.is_follower,
            "is_self": person.is_self,
        },
        "lists": [which.value for which in page.lists],
    }
