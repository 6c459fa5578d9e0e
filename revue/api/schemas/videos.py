"""One's own videos: what to post, what to change, and how far they are."""

import dataclasses
import datetime
import uuid
from typing import Self

from ninja import Schema
from pydantic import AwareDatetime, Field, model_validator

from revue.feed.contracts import OwnPage
from revue.media.contracts import MOST_PHOTOS, Room
from revue.platform import ids
from revue.platform.errors import RevueError
from revue.recommender.contracts import Reach, Stage
from revue.sounds.contracts import SoundChoice
from revue.sounds.errors import SoundNotFound
from revue.sounds.policy import MOST_PERCENT
from revue.videos import queries, subtitles
from revue.videos.captions import LONGEST_CAPTION
from revue.videos.contracts import (
    Allows,
    Bulk,
    Commenters,
    Former,
    Outcome,
    SubtitlesLine,
    VideoState,
    VideoStatus,
    Visibility,
)
from revue.videos.policy import MOST_AT_ONCE


class SoundChoiceIn(Schema):
    """A sound to lay under a video."""

    id: str = Field(max_length=11)
    start_ms: int = Field(default=0, ge=0, le=3_600_000, description="where in the sound the video begins")
    sound_percent: int = Field(default=100, ge=0, le=MOST_PERCENT, description="how loud the sound is")
    own_percent: int = Field(default=0, ge=0, le=MOST_PERCENT, description="how loud what was recorded is")


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
    commenters: Commenters = Field(default=Commenters.EVERYONE, description="who, of those who may watch, may comment")
    may_duet: bool = Field(default=True, description="whether others may put a video of theirs beside it")
    may_stitch: bool = Field(default=True, description="whether others may begin a video of theirs with a part of it")
    may_download: bool = Field(default=True, description="whether others may keep a copy")
    sound: SoundChoiceIn | None = Field(default=None, description="null: it sounds as it was recorded")
    poster_at_ms: int | None = Field(default=None, ge=0, le=36_000_000, description="the moment its poster shows")
    draft_id: uuid.UUID | None = Field(default=None, description="the draft that is posted with this, and goes")
    publish_at: AwareDatetime | None = Field(
        default=None, description="not before; 15 minutes to 30 days from now. null: as soon as it plays"
    )

    @model_validator(mode="after")
    def has_one_source(self) -> Self:
        """Raises ValueError unless it is of one video, or of photos."""
        if (self.upload_id is None) == (self.photo_upload_ids is None):
            raise ValueError("Give upload_id or photo_upload_ids.")
        return self

    def allows(self) -> Allows:
        """What others may do with it."""
        return Allows(self.commenters, self.may_duet, self.may_stitch, self.may_download)


class VideoPatch(Schema):
    """What to change; a part that is left out stays as it is."""

    caption: str | None = Field(default=None, description=f"at most {LONGEST_CAPTION} letters", max_length=20_000)
    visibility: Visibility | None = None
    commenters: Commenters | None = None
    may_duet: bool | None = None
    may_stitch: bool | None = None
    may_download: bool | None = None
    poster_at_ms: int | None = Field(default=None, ge=0, le=36_000_000, description="the moment its poster shows")


class ScheduleIn(Schema):
    """When a video goes out."""

    publish_at: AwareDatetime = Field(description="15 minutes to 30 days from now")


class ManyIn(Schema):
    """Several of one's own videos, and what is done with all of them."""

    ids: list[str] = Field(min_length=1, max_length=MOST_AT_ONCE)
    change: Bulk
    visibility: Visibility | None = Field(default=None, description="with `audience`: who may watch")
    commenters: Commenters | None = Field(default=None, description="with `comments`: who may")

    @model_validator(mode="after")
    def says_what(self) -> Self:
        """Raises ValueError unless the change comes with what it sets."""
        if self.change is Bulk.AUDIENCE and self.visibility is None:
            raise ValueError("Give visibility.")
        if self.change is Bulk.COMMENTS and self.commenters is None:
            raise ValueError("Give commenters.")
        return self


class RefusalOut(Schema):
    """Why one of several things is as it was."""

    code: str
    detail: str


class OutcomeOut(Schema):
    """What became of one of several things."""

    id: str
    refusal: RefusalOut | None = Field(description="null: it is as it was asked to be")


class ManyOut(Schema):
    """What became of several videos, in the order in which they were named."""

    results: list[OutcomeOut]


class FormerOut(Schema):
    """What a video said before it was changed."""

    caption: str
    until_at: datetime.datetime


class EditsOut(Schema):
    """What a video said before, newest first, as far as it was for the viewer."""

    items: list[FormerOut]


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


class SubtitlesOut(Schema):
    """Subtitles that a video has."""

    language: str = Field(description="BCP 47, such as en or pt-BR")
    url: str = Field(description="of the WebVTT")


class SubtitlesListOut(Schema):
    """All subtitles of a video."""

    items: list[SubtitlesOut]


class SubtitlesIn(Schema):
    """Subtitles as they were written."""

    text: str = Field(max_length=subtitles.MOST_LETTERS, description="WebVTT or SubRip (SRT)")


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
    commenters: Commenters
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
    published_at: datetime.datetime | None = Field(description="when it went out; null: not yet")
    publish_at: datetime.datetime | None = Field(description="not before; null: as soon as it plays")
    kept_until: datetime.datetime | None = Field(description="of what lies in the bin: when it is erased")


class OwnCounts(Schema):
    """What people did with one of the viewer's own videos."""

    views: int = Field(ge=0)
    likes: int = Field(ge=0)
    comments: int = Field(ge=0)


class OwnVideoOut(VideoStatusOut):
    """One of the viewer's own videos in a list of them."""

    counts: OwnCounts


class OwnTotals(Schema):
    """How many videos of each kind the viewer has; all but the bin are in `all`."""

    all: int
    public: int = Field(description="published for everyone")
    private: int = Field(description="published for fewer")
    scheduled: int
    failed: int = Field(description="could not be made, or were taken down")
    bin: int


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
    """One page of the viewer's own videos; `next_cursor` is null at the end."""

    items: list[OwnVideoOut]
    next_cursor: str | None
    totals: OwnTotals


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


def own_videos(page: OwnPage) -> dict[str, object]:
    """An `OwnVideos` as a plain dict."""
    items = [
        {
            **status(one.status),
            "counts": {"views": one.counts.plays, "likes": one.counts.likes, "comments": one.counts.comments},
        }
        for one in page.videos
    ]
    totals = {show.value: count for show, count in page.totals.items()}
    return {"items": items, "next_cursor": page.next_cursor, "totals": totals}


def many(outcomes: list[Outcome]) -> dict[str, object]:
    """A `ManyOut` as a plain dict."""
    return {"results": [{"id": ids.to_short(one.video_id), "refusal": refusal(one.error)} for one in outcomes]}


def subtitles_line(line: SubtitlesLine) -> dict[str, str]:
    """A `SubtitlesOut` as a plain dict."""
    return {"language": line.language, "url": line.url}


def subtitles_list(lines: list[SubtitlesLine]) -> dict[str, object]:
    """A `SubtitlesListOut` as a plain dict."""
    return {"items": [subtitles_line(line) for line in lines]}


def edits(former: list[Former]) -> dict[str, object]:
    """An `EditsOut` as a plain dict."""
    return {"items": [dataclasses.asdict(one) for one in former]}


def refusal(error: RevueError | None) -> dict[str, str] | None:
    """A `RefusalOut` as a plain dict."""
    return {"code": error.code, "detail": error.detail} if error else None


def status(item: VideoStatus) -> dict[str, object]:
    """A `VideoStatusOut` as a plain dict, with the whole caption."""
    return {**queries.as_json(item), "caption": item.caption}
