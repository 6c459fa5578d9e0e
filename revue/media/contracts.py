"""What other apps see of uploads and clips."""

import dataclasses
import datetime
import enum


class ClipState(enum.StrEnum):
    """Where a clip is on its way from an uploaded file to something that plays."""

    PENDING = "pending"  # uploaded, waits for a worker
    WORKING = "working"  # a worker has it; no rendition plays yet
    PLAYABLE = "playable"  # the first rendition plays, others follow
    READY = "ready"  # everything is there
    FAILED = "failed"  # `failure` says why


@dataclasses.dataclass(frozen=True, slots=True)
class UploadView:
    """A file on its way in, as its owner's client sees it."""

    id: int
    length_bytes: int
    offset_bytes: int  # what is safely on disk
    filename: str
    expires_at: datetime.datetime
    is_finished: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Rendition:
    """One playable file of a clip."""

    name: str  # "360", "540", "720": the short edge in pixels
    url: str
    width: int
    height: int
    bitrate: int  # bits per second, whole file
    bytes: int


@dataclasses.dataclass(frozen=True, slots=True)
class Failure:
    """Why a clip could not be made, in words for its owner."""

    code: str
    reason: str
    may_retry: bool


@dataclasses.dataclass(frozen=True, slots=True)
class ClipView:
    """Everything a player or an owner's page needs of a clip."""

    id: int
    state: ClipState
    progress: int  # percent of the whole job
    width: int  # display pixels of the source after rotation; 0 until probed
    height: int
    duration_ms: int
    has_audio: bool
    poster_url: str | None
    thumbhash: str  # base64, empty until made
    renditions: tuple[Rendition, ...]  # smallest first
    failure: Failure | None
