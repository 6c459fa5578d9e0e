"""One's own videos: what to post, what to change, and how far they are."""

import datetime

from ninja import Schema
from pydantic import Field

from revue.videos import queries
from revue.videos.captions import LONGEST_CAPTION
from revue.videos.contracts import VideoState, VideoStatus, Visibility


class NewVideo(Schema):
    """A finished upload and what to say about it."""

    upload_id: str = Field(description="last part of the upload's address", max_length=11)
    caption: str = Field(default="", description=f"at most {LONGEST_CAPTION} letters", max_length=20_000)
    visibility: Visibility = Visibility.EVERYONE
    may_comment: bool = True


class VideoPatch(Schema):
    """What to change; a part that is left out stays as it is."""

    caption: str | None = Field(default=None, description=f"at most {LONGEST_CAPTION} letters", max_length=20_000)
    visibility: Visibility | None = None
    may_comment: bool | None = None


class FailureOut(Schema):
    """Why a video could not be made, in words for its author."""

    code: str
    reason: str
    may_retry: bool


class VideoStatusOut(Schema):
    """One of the viewer's own videos, playable or not."""

    id: str
    state: VideoState
    progress: int = Field(description="percent", ge=0, le=100)
    caption: str
    visibility: Visibility
    may_comment: bool
    made_at: datetime.datetime
    failure: FailureOut | None
    poster_url: str | None
    thumbhash: str = Field(description="base64, empty until made")
    is_playable: bool


class OwnVideos(Schema):
    """The viewer's own videos, newest first."""

    items: list[VideoStatusOut]


def own_videos(statuses: list[VideoStatus]) -> dict[str, list[dict[str, object]]]:
    """An `OwnVideos` as a plain dict."""
    return {"items": [status(item) for item in statuses]}


def status(item: VideoStatus) -> dict[str, object]:
    """A `VideoStatusOut` as a plain dict, with the whole caption."""
    return {**queries.as_json(item), "caption": item.caption}
