"""The session, one's own account, and what can be changed of it."""

from typing import Any

from ninja import Schema
from pydantic import Field

from revue.accounts import policy
from revue.accounts.contracts import Instance, Me, ProfileLink, Role
from revue.platform import ids


class Link(Schema):
    """A link on a profile."""

    title: str = Field(default="", description=f"at most {policy.LONGEST_LINK_TITLE} letters")
    url: str = Field(description=f"http or https, at most {policy.LONGEST_LINK_URL} letters")


class MeOut(Schema):
    """One's own account."""

    id: str
    handle: str
    name: str
    avatar_url: str | None
    role: Role
    email: str = Field(description="empty when none was given")
    bio: str
    links: list[Link]
    home_region: str


class InstanceOut(Schema):
    """What a client needs to know of this instance before anyone signs in."""

    name: str
    invite_only: bool
    minimum_age: int = Field(description="years; 0 where nobody is asked for a birth date")
    max_upload_bytes: int
    max_video_seconds: int
    has_direct_uploads: bool = Field(description="send files to the bucket by /direct-uploads, not by tus")
    bin_days: int = Field(description="how long a deleted video can be taken back; 0: it cannot")


class Session(Schema):
    """Who is asking, the token that changes need, and where."""

    person: MeOut | None
    csrf_token: str
    instance: InstanceOut


class ProfilePatch(Schema):
    """What to change; a part that is left out stays as it is."""

    name: str | None = Field(default=None, description=f"at most {policy.LONGEST_NAME} letters")
    bio: str | None = Field(default=None, description=f"at most {policy.LONGEST_BIO} letters")
    links: list[Link] | None = Field(default=None, description=f"at most {policy.MOST_LINKS}")
    handle: str | None = Field(default=None, description="3 to 30 of a-z, 0-9, dot and underscore")

    def contract_links(self) -> list[ProfileLink] | None:
        """The links as actions take them."""
        return None if self.links is None else [ProfileLink(link.title, link.url) for link in self.links]


def link(item: ProfileLink) -> dict[str, str]:
    """A `Link` as a plain dict."""
    return {"title": item.title, "url": item.url}


def me(person: Me) -> dict[str, Any]:
    """A `MeOut` as a plain dict."""
    return {
        "id": ids.to_short(person.id),
        "handle": person.handle,
        "name": person.name,
        "avatar_url": person.avatar_url,
        "role": person.role,
        "email": person.email,
        "bio": person.bio,
        "links": [link(item) for item in person.links],
        "home_region": person.home_region,
    }


def instance(here: Instance) -> dict[str, Any]:
    """An `InstanceOut` as a plain dict."""
    return {
        "name": here.name,
        "invite_only": here.invite_only,
        "minimum_age": here.minimum_age,
        "max_upload_bytes": here.max_upload_bytes,
        "max_video_seconds": here.max_video_seconds,
        "has_direct_uploads": here.has_direct_uploads,
        "bin_days": here.bin_days,
    }
