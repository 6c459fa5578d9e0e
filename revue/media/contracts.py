"""What other apps see of uploads and clips."""

import dataclasses
import datetime
import enum
import pathlib
from typing import Final

MOST_PHOTOS: Final = 35  # of one post


class ClipState(enum.StrEnum):
    """Where a clip is on its way from an uploaded file to something that plays."""

    PENDING = "pending"  # uploaded, waits for a worker
    WORKING = "working"  # a worker has it; no rendition plays yet
    PLAYABLE = "playable"  # the first rendition plays, others follow
    READY = "ready"  # everything is there
    FAILED = "failed"  # `failure` says why


class WishState(enum.StrEnum):
    """What became of a rendition that a clip is to have for being watched."""

    WANTED = "wanted"
    MADE = "made"
    REFUSED = "refused"  # it was made, and was not worth keeping
    FAILED = "failed"  # it could not be made


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
class UploadSource:
    """Where the bytes of a whole upload are: in a file here, or at an address of the bucket."""

    path: pathlib.Path | None
    address: str
    mime: str  # of a moving picture or of a photo, whatever its name claims: no browser runs it


@dataclasses.dataclass(frozen=True, slots=True)
class PartWanted:
    """A part of a file that is still to be sent to the bucket."""

    number: int  # from 1
    bytes: int
    url: str  # for one PUT of exactly these bytes, within an hour


@dataclasses.dataclass(frozen=True, slots=True)
class DirectUpload:
    """A file that its owner's client sends to the bucket itself."""

    id: int
    length_bytes: int
    part_bytes: int  # of each part but the last
    arrived_bytes: int
    missing: tuple[PartWanted, ...]  # the next ones, not always all; none: finish it
    is_finished: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Rendition:
    """One playable file of a clip."""

    name: str  # "360", "540", "720", "1080": the short edge in pixels; "720-av1": the same size in AV1
    url: str
    width: int
    height: int
    bitrate: int  # bits per second, whole file
    bytes: int
    codec: str = "h264"  # of its pictures; or "av1", which not everything plays
    mime: str = "video/mp4"  # the whole type; of AV1 with profile and level


@dataclasses.dataclass(frozen=True, slots=True)
class PhotoView:
    """One photo of a clip, to be looked at by itself."""

    url: str
    small_url: str  # 540 pixels on its shorter side
    width: int
    height: int


@dataclasses.dataclass(frozen=True, slots=True)
class CredentialsView:
    """What is said publicly of a clip's Content Credentials."""

    state: str  # "trusted", "valid": as it was signed, by somebody on our list or not; "invalid": changed since
    issuer: str  # who signed; empty: it does not say
    made_with_ai: bool  # wholly or in part


@dataclasses.dataclass(frozen=True, slots=True)
class Failure:
    """Why a clip could not be made, in words for its owner."""

    code: str
    reason: str
    may_retry: bool


@dataclasses.dataclass(frozen=True, slots=True)
class SoundMade:
    """The sound of a clip, as a thing of its own."""

    owner_id: int
    length_ms: int
    key: str  # what plays
    master_key: str  # what may be laid under other clips
    peaks: bytes  # how loud each hundredth is at its loudest, 0 to 255
    fingerprint: tuple[int, ...]  # chromaprint; empty where it could not be made


@dataclasses.dataclass(frozen=True, slots=True)
class Glance:
    """What a clip shows and sounds like, small: enough to compare it with others."""

    pictures: bytes  # red, green, blue, `edge` by `edge` each; pairs an eighth of a second apart, evenly over the clip
    edge: int
    sound: bytes  # 16-bit samples of one channel, little end first: its first minute; empty without sound
    sound_rate: int  # samples a second


@dataclasses.dataclass(frozen=True, slots=True)
class Usage:
    """What the files of one person weigh."""

    owner_id: int
    sent_bytes: int  # originals, and uploads on their way: what their room is counted by
    made_bytes: int  # renditions of them, and all that lies beside those

    @property
    def all_bytes(self) -> int:
        """Both together."""
        return self.sent_bytes + self.made_bytes


@dataclasses.dataclass(frozen=True, slots=True)
class Room:
    """How much room a person has."""

    used_bytes: int
    max_bytes: int | None  # None: as much as there is


@dataclasses.dataclass(frozen=True, slots=True)
class Totals:
    """What all files of people weigh, in bytes, by kind."""

    videos_sent: int
    photos_sent: int
    uploads: int  # on their way, what has arrived of them
    renditions: int
    hls: int
    photos: int  # as they are shown
    sounds: int
    pictures: int  # posters, sprites, previews
    uncounted_clips: int  # whose last four are not known yet

    @property
    def sent_bytes(self) -> int:
        """Originals and uploads."""
        return self.videos_sent + self.photos_sent + self.uploads

    @property
    def made_bytes(self) -> int:
        """All that was made of originals."""
        return self.renditions + self.hls + self.photos + self.sounds + self.pictures


@dataclasses.dataclass(frozen=True, slots=True)
class Mix:
    """What a clip is to sound like."""

    track_key: str = ""  # a sound master laid under it; none
    track_start_ms: int = 0
    track_percent: int = 100
    track_loops: bool = False
    own_percent: int = 100  # of the original's own sound


@dataclasses.dataclass(frozen=True, slots=True)
class Sprite:
    """Pictures of a clip, one for each step of it, row by row on one sheet."""

    url: str
    step_ms: int
    tiles: int
    tile_width: int
    tile_height: int
    columns: int


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
    is_urgent: bool  # False: made anew behind everything else, while what it shall replace plays
    poster_url: str | None
    thumbhash: str  # base64, empty until made
    renditions: tuple[Rendition, ...]  # smallest first; of two of a size, H.264 first
    failure: Failure | None
