"""What people keep for themselves, and what they pass on."""

from typing import Any

from ninja import Schema
from pydantic import Field

from revue.api.schemas.feed import RepostOut, Video, repost, video
from revue.api.schemas.people import Author, author
from revue.feed.contracts import VideoPage
from revue.platform import ids
from revue.social.actions import MOST_AT_ONCE
from revue.social.contracts import CollectionPage, CollectionView, SaveState

_NAME = "1 to 50 characters once spaces at both ends are taken off"


class SaveStateOut(Schema):
    """Whether the viewer keeps the video now, how many people do, and in which of the viewer's collections it lies."""

    saved: bool
    save_count: int
    collection_id: str | None = Field(description="null: in none")


class RepostState(Schema):
    """Whether the viewer has passed the video on, and how many people have."""

    reposted: bool
    repost_count: int


class NewRepost(Schema):
    """What to say with it."""

    note: str = Field(default="", description="up to 150 characters, in one line", max_length=1000)


class NewCollection(Schema):
    """A collection to make."""

    name: str = Field(description=_NAME, max_length=500)
    is_public: bool = False


class CollectionPatch(Schema):
    """What to change; what is left out stays."""

    name: str | None = Field(default=None, description=_NAME, max_length=500)
    is_public: bool | None = None


class MoveSaves(Schema):
    """Videos that the viewer keeps, and where to."""

    ids: list[str] = Field(min_length=1, max_length=MOST_AT_ONCE)
    collection_id: str | None = Field(description="one of the viewer's; null: into none", max_length=11)


class CollectionOut(Schema):
    """A named part of what somebody keeps."""

    id: str
    name: str
    is_public: bool
    owner: Author
    video_count: int = Field(description="that the viewer may watch")
    cover_url: str | None
    is_own: bool


class CollectionPageOut(Schema):
    """Collections, newest first; `next_cursor` is null at the end."""

    items: list[CollectionOut]
    next_cursor: str | None


class RepostedVideo(Video):
    """A video that somebody has passed on."""

    repost: RepostOut


class RepostedPageOut(Schema):
    """One page of what somebody has passed on, the latest first; `next_cursor` is null at the end."""

    items: list[RepostedVideo]
    next_cursor: str | None


def save_state(state: SaveState) -> dict[str, Any]:
    """A `SaveStateOut` as a plain dict."""
    collection_id = None if state.collection_id is None else ids.to_short(state.collection_id)
    return {"saved": state.saved, "save_count": state.save_count, "collection_id": collection_id}


def collection(view: CollectionView) -> dict[str, Any]:
    """A `CollectionOut` as a plain dict."""
    return {
        "id": ids.to_short(view.id),
        "name": view.name,
        "is_public": view.is_public,
        "owner": author(view.owner),
        "video_count": view.video_count,
        "cover_url": view.cover_url,
        "is_own": view.is_own,
    }


def collection_page(page: CollectionPage) -> dict[str, Any]:
    """A `CollectionPageOut` as a plain dict."""
    return {"items": [collection(view) for view in page.collections], "next_cursor": page.next_cursor}


def reposted_page(page: VideoPage) -> dict[str, Any]:
    """A `RepostedPageOut` as a plain dict."""
    items = [{**video(shown), "repost": repost(page.reposts[shown.card.id])} for shown in page.videos]
    return {"items": items, "next_cursor": page.next_cursor}
