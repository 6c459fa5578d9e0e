"""One's own videos: what to post, what to change, and how far they are."""

import dataclasses
import datetime
import uuid
from typing import Self

from ninja import Schema
from pydantic import Field, model_validator

from revue.media.contracts import MOST_PHOTOS, Room
from revue.platform import ids
from revue.recommender.contracts import Reach, Stage
from revue.sounds import policy
from revue.sounds.contracts import SoundChoice
from revue.sounds.errors import SoundNotFound
from revue.videos import queries
from revue.videos.captions import LONGEST_CAPTION
from revue.videos.contracts import Allows, VideoState, VideoStatus, Visibility


class SoundChoiceIn(Schema):
    """A sound to lay under a video."""

    id: str = Field(max_length=11)
    start_ms: int = Field(default=0, ge=0, le=3_600_000, description="where in the sound the video begins")
    sound_percent: int = Field(default=100, ge=0, le=policy.MOST_PERCENT, description="how loud the sound is")
    own_percent: int = Field(default=0, ge=0, le=policy.MOST_PERCENT, description="how loud what was recorded is")


class SoundSwap(Schema):
    """The sound that a video is to have; null gives it back what was recorded."""

    sound: SoundChoiceIn | None


class UploadSwap(Schema):
    """The finished upload that is to take a video's place."""

    upload_id: str = Field(description="last part of the upload's address", max_length=11)


class NewVideo(Schema):
    """A finished upload, or several of photos, and what to say about it."""

    upload_id: str | None = Field(default=None, description="last part of the upload's address", max_length=11)
    photo_upload_ids: list[str] | None = Field(
        default=None,
        description="instead of it: the uploads of photos in the order in which they are shown",
        min_length=1,
        max_length=MOST_PHOTOS,
    )
    caption: str = Field(default="", description=f"at most {LONGEST_CAPTION} letters", max_length=20_000)
    visibility: Visibility = Visibility.EVERYONE
    may_comment: bool = True
    may_duet: bool = Field(default=True, description="whether others may put a video of theirs beside it")
    may_stitch: bool = Field(default=True, description="whether others may begin a video of theirs with a part of it")
    may_download: bool = Field(default=True, description="whether others may keep a copy")
    sound: SoundChoiceIn | None = Field(default=None, description="null: it sounds as it was recorded")
    poster_at_ms: int | None = Field(default=None, ge=0, le=36_000_000, description="the moment its poster shows")
    draft_id: uuid.UUID | None = Field(default=None, description="the draft that is posted with this, and goes")

    @model_validator(mode="after")
    def has_one_source(self) -> Self:
        """Raises ValueError unless it is of one video, or of photos."""
        if (self.upload_id is None) == (self.photo_upload_ids is None):
            raise ValueError("Give upload_id or photo_upload_ids.")
        return self

    def allows(self) -> Allows:
        """What others may do with it."""
        return Allows(self.may_comment, self.may_duet, self.may_stitch, self.may_download)


class VideoPatch(Schema):
    """What to change; a part that is left out stays as it is."""

    caption: str | None = Field(default=None, description=f"at most {LONGEST_CAPTION} letters", max_length=20_000)
    visibility: Visibility | None = None
    may_comment: bool | None = None
    may_duet: bool | None = None
    may_stitch: bool | None = None
    may_download: bool | None = None
    poster_at_ms: int | None = Field(default=None, ge=0, le=36_000_000, description="the moment its poster shows")


class FailureOut(Schema):
    """Why a video could not be made, in words for its author."""

    code: str
    reason: str
    may_retry: bool


class SpriteOut(Schema):
    """A sheet of small pictures: picture `n`, counted row by row, shows the moment `n * step_ms`."""

    url: str
    step_ms: int
    tiles: int
    tile_width: int
    tile_height: int
    columns: int


class SoundLineOut(Schema):
    """A video's sound in one line."""

    id: str
    name: str = Field(description="empty: the original sound of `handle`")
    handle: str = Field(description="of its owner; empty: nobody's, or the starter library's")
    is_muted: bool
    muted_reason: str


class ChangeOut(Schema):
    """What is being made to take the place of what plays."""

    progress: int = Field(description="percent", ge=0, le=100)
    failure: FailureOut | None


class ResembledOut(Schema):
    """An earlier video that this one looks like."""

    video_id: str
    handle: str = Field(description="of its author")
    is_own: bool


class VideoStatusOut(Schema):
    """One of the viewer's own videos, playable or not."""

    id: str
    state: VideoState
    progress: int = Field(description="percent", ge=0, le=100)
    caption: str
    visibility: Visibility
    may_comment: bool
    may_duet: bool
    may_stitch: bool
    may_download: bool
    made_at: datetime.datetime
    failure: FailureOut | None
    poster_url: str | None
    thumbhash: str = Field(description="base64, empty until made")
    is_playable: bool
    photo_count: int = Field(description="0: a video that was sent as such", ge=0)
    duration_ms: int
    sprite: SpriteOut | None
    sound: SoundLineOut | None
    uses_sound: bool = Field(description="whether the sound was laid under it, and is not what was recorded")
    is_sound_lost: bool = Field(description="its file had sound that could not be read")
    change: ChangeOut | None
    resembles: ResembledOut | None
    is_pinned: bool = Field(description="stands first on its author's page")
    may_replace_until: datetime.datetime


class ReachOut(Schema):
    """How far one of the viewer's own videos has come on its way to strangers."""

    stage: Stage
    pool: int = Field(description="the pool it is in, or was in last, from 1", ge=1)
    pools: list[int] = Field(description="impressions at which each pool is full")
    impressions: int = Field(ge=0)
    plays: int = Field(ge=0)
    completions: int = Field(description="plays that reached the end", ge=0)
    better: float | None = Field(
        description="the chance that people finish it more often than half of all videos; null while nobody played it",
        ge=0,
        le=1,
    )
    passes: float = Field(description="the chance with which it goes on to its next pool", ge=0, le=1)


class RoomOut(Schema):
    """How much of their room somebody's files take."""

    used_bytes: int = Field(description="files as they were sent, and uploads on their way", ge=0)
    max_bytes: int | None = Field(description="null: this instance sets no limit")


class OwnVideos(Schema):
    """The viewer's own videos, newest first."""

    items: list[VideoStatusOut]


def choice(wanted: SoundChoiceIn | None) -> SoundChoice | None:
    """A choice as the actions take it.

    Raises:
        SoundNotFound: its id is no id.
    """
    if wanted is None:
        return None
    try:
        sound_id = ids.from_short(wanted.id)
    except ids.NotAnId as error:
        raise SoundNotFound from error
    return SoundChoice(sound_id, wanted.start_ms, wanted.sound_percent, wanted.own_percent)


def reach(have: Reach) -> dict[str, object]:
    """A `ReachOut` as a plain dict."""
    return dataclasses.asdict(have)


def room(have: Room) -> dict[str, int | None]:
    """A `RoomOut` as a plain dict."""
    return {"used_bytes": have.used_bytes, "max_bytes": have.max_bytes}


def own_videos(statuses: list[VideoStatus]) -> dict[str, list[dict[str, object]]]:
    """An `OwnVideos` as a plain dict."""
    return {"items": [status(item) for item in statuses]}


def status(item: VideoStatus) -> dict[str, object]:
    """A `VideoStatusOut` as a plain dict, with the whole caption."""
    return {**queries.as_json(item), "caption": item.caption}
