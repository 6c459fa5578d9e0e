"""Names and rules of clips: pure, so that actions, queries and tests ask the same question."""

import math
from typing import Final

from revue.media.contracts import ClipState
from revue.media.ffmpeg import errors, photos, side
from revue.platform import ids

NOT_PLAYABLE = (ClipState.PENDING.value, ClipState.WORKING.value)
MOST_ATTEMPTS = 30  # runs of one clip, those that were killed included
ARRIVING: Final = "arriving"
LEAST_PART_BYTES: Final = 8 * 1024 * 1024  # of what browsers send to the bucket; the last part may be smaller
MOST_PARTS: Final = 10_000  # of one file: the limit of S3
_SHOWN_AS: Final = {
    **dict.fromkeys(("jpg", "jpeg"), "image/jpeg"),
    **{kind: f"image/{kind}" for kind in ("png", "webp", "avif", "heic", "heif")},
    "webm": "video/webm",
}
POSTER = "poster.webp"
SMALL_POSTER = "poster-small.webp"
OPEN_PAGES_SECONDS = 900  # how long what was replaced stays for pages that are open
SPRITE = side.SPRITE_FILE
PREVIEW = side.PREVIEW_FILE
SOUND = side.SOUND_FILE
MASTER = side.MASTER_FILE

_FAILURES: dict[str, type[errors.MediaError]] = {
    kind.code: kind
    for kind in (
        *(errors.NotAVideo, errors.NoPicture, errors.TooLong, errors.TooLarge, errors.TooFast, errors.CodecRefused),
        *(errors.NotAPhoto, errors.MovingPhoto, errors.PhotoTooLarge, errors.PhotoDamaged),
        *(
            errors.Damaged,
            errors.TookTooLong,
            errors.Interrupted,
            errors.StorageAway,
            errors.DiskFull,
            errors.StorageReadOnly,
            errors.EncoderFailed,
        ),
    )
}


def arriving_key(upload_id: int) -> str:
    """Where in the bucket an upload lies that a browser sent there itself, until it is an original."""
    return f"{ARRIVING}/{ids.to_short(upload_id)}"


def shown_as(filename: str) -> str:
    """As what an upload's bytes are handed to its owner's browser: a picture of some kind, never a page or a script."""
    return _SHOWN_AS.get(filename.rpartition(".")[2].lower(), "video/mp4")


def part_bytes(length_bytes: int) -> int:
    """How large the parts of a file are that a browser sends to the bucket; whole mebibytes."""
    mebibyte = 1024 * 1024
    return max(LEAST_PART_BYTES, math.ceil(length_bytes / MOST_PARTS / mebibyte) * mebibyte)


def original_key(clip_id: int) -> str:
    """Where the uploaded file is kept; never served."""
    return f"originals/{ids.to_short(clip_id)}/source"


def photo_original_key(clip_id: int, number: int) -> str:
    """Where a photo is kept as it was sent; never served."""
    return f"originals/{ids.to_short(clip_id)}/photo-{number}"


def small_photo_key(key: str) -> str:
    """Where the small version of a photo is kept: beside it."""
    return photos.small_name(key)


def clip_key(clip_id: int, name: str) -> str:
    """Where a file that was made of a clip is kept, for example `clips/4kQz/540.mp4`."""
    return f"clips/{ids.to_short(clip_id)}/{name}"


def clip_folder(clip_id: int) -> str:
    """Where everything is kept that was made of a clip."""
    return f"clips/{ids.to_short(clip_id)}"


def is_sound(name: str) -> bool:
    """Whether a file of a clip is its sound by itself."""
    return name == SOUND


def is_master(name: str) -> bool:
    """Whether a file of a clip is for mixing only, and never served."""
    return name == MASTER


def poster_name(at_ms: int) -> str:
    """The name of a poster that shows one moment. Another moment has another address, for caches keep the old."""
    return f"poster-{at_ms}.webp"


def small_poster_key(poster_key: str) -> str:
    """Where the small version of a poster is kept: beside it."""
    return f"{poster_key.removesuffix('.webp')}-small.webp"


def clip_of_key(key: str) -> int | None:
    """The clip a served key belongs to, or None for keys of other things."""
    parts = key.split("/")
    if len(parts) != 3 or parts[0] != "clips":  # noqa: PLR2004 - clips / id / name
        return None
    try:
        return ids.from_short(parts[1])
    except ids.NotAnId:
        return None


def may_retry(failure_code: str) -> bool:
    """Whether the same file could pass another time."""
    kind = _FAILURES.get(failure_code)
    return kind is not None and kind.may_retry
