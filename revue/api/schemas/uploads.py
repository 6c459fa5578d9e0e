"""Files that clients send to the bucket themselves, part by part."""

from typing import Any

from ninja import Schema
from pydantic import Field

from revue.media.contracts import DirectUpload
from revue.platform import ids


class NewUpload(Schema):
    """A file that is to be sent."""

    length_bytes: int = Field(ge=1, lt=1 << 62)
    filename: str = Field(default="", max_length=1000, description="for its owner's eyes; never a path")


class PartWantedOut(Schema):
    """A part that is still to be sent."""

    number: int = Field(description="from 1; part N begins at byte (N - 1) * part_bytes")
    bytes: int
    url: str = Field(description="for one PUT of exactly these bytes, within an hour")


class DirectUploadOut(Schema):
    """A file on its way to the bucket."""

    id: str = Field(description="the `upload_id` of a post, once it is finished")
    length_bytes: int
    part_bytes: int = Field(description="of each part but the last")
    arrived_bytes: int
    missing: list[PartWantedOut] = Field(description="the next ones; ask again for more; none: finish it")
    is_finished: bool


def direct(upload: DirectUpload) -> dict[str, Any]:
    """A `DirectUploadOut` as a plain dict."""
    return {
        "id": ids.to_short(upload.id),
        "length_bytes": upload.length_bytes,
        "part_bytes": upload.part_bytes,
        "arrived_bytes": upload.arrived_bytes,
        "missing": [{"number": part.number, "bytes": part.bytes, "url": part.url} for part in upload.missing],
        "is_finished": upload.is_finished,
    }
