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
    videos: int = Field(description="public ones, and of a private account those for all of its followers")
    likes: int = Field(description="on all of these")


class ProfileMarks(Schema):
    """What the asking viewer has to do with the person."""

    following: bool
    follows_viewer: bool = Field(description="both: they are friends")
    is_self: bool
    requested: bool = Field(description="the viewer has asked to follow the person")
    asks: bool = Field(description="the person has asked to follow the viewer")
    blocked: bool = Field(description="by the viewer: nothing else is said of the person")
    muted: bool = Field(description="by the viewer")
    restricted: bool = Field(description="by the viewer")
    may_see_videos: bool = Field(description="false: the account is private, and the viewer does not follow")
    may_see_follows: bool = Field(description="of followers and of whom the person follows")


class Profile(Schema):
    """A person's page."""

    id: str
    handle: str
    name: str
    bio: str
    links: list[Link]
    avatar_url: str | None
    is_private: bool
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
        "is_private": person.is_private,
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
            "requested": page.is_requested,
            "asks": page.asks,
            "blocked": page.is_blocked,
            "muted": page.is_muted,
            "restricted": page.is_restricted,
            "may_see_videos": page.may_see_videos,
            "may_see_follows": page.may_see_follows,
        },
        "lists": [which.value for which in page.lists],
    }
