"""Drafts: what somebody is about to post."""

import datetime
import uuid
from typing import Any

from ninja import Schema
from pydantic import AwareDatetime, Field

from revue.api.schemas.videos import SoundChoiceIn, choice
from revue.media.contracts import MOST_PHOTOS
from revue.platform import ids
from revue.videos.captions import LONGEST_CAPTION
from revue.videos.contracts import Allows, Commenters, DraftContent, DraftView, Visibility


class DraftIn(Schema):
    """All of a draft; what is left out becomes what a new post begins with."""

    upload_ids: list[str] = Field(
        default=[],
        description="last parts of the uploads' addresses: one of a video, or of photos in their order",
        max_length=MOST_PHOTOS,
    )
    is_photos: bool = False
    caption: str = Field(default="", description=f"at most {LONGEST_CAPTION} letters", max_length=20_000)
    visibility: Visibility = Visibility.EVERYONE
    commenters: Commenters = Commenters.EVERYONE
    may_duet: bool = True
    may_stitch: bool = True
    may_download: bool = True
    poster_at_ms: int | None = Field(default=None, ge=0, le=36_000_000, description="the moment its poster shows")
    sound: SoundChoiceIn | None = None
    publish_at: AwareDatetime | None = Field(default=None, description="not before; null: as soon as it plays")

    def content(self) -> DraftContent:
        """The same as a contract; what is no id names nothing and is left out."""
        return DraftContent(
            upload_ids=tuple(found for short in self.upload_ids if (found := _id(short)) is not None),
            is_photos=self.is_photos,
            caption=self.caption,
            visibility=self.visibility,
            allows=Allows(self.commenters, self.may_duet, self.may_stitch, self.may_download),
            poster_at_ms=self.poster_at_ms,
            sound=choice(self.sound),
            publish_at=self.publish_at,
        )


class DraftFileOut(Schema):
    """A file of a draft."""

    id: str = Field(description="the `upload_id` of a post")
    filename: str
    length_bytes: int
    arrived_bytes: int
    is_finished: bool
    url: str | None = Field(description="where its author can look at it; null until it is whole")


class DraftOut(Schema):
    """A draft as its author sees it."""

    id: uuid.UUID
    files: list[DraftFileOut] = Field(description="those that are still there: unfinished ones expire")
    is_photos: bool
    caption: str
    is_caption_locked: bool = Field(
        description="it was sealed with another secret key: it comes back with that key, unless another one is saved"
    )
    visibility: Visibility
    commenters: Commenters
    may_duet: bool
    may_stitch: bool
    may_download: bool
    poster_at_ms: int | None
    sound: SoundChoiceIn | None
    publish_at: datetime.datetime | None = Field(description="as it was wished; it may have passed")
    changed_at: datetime.datetime


class DraftsOut(Schema):
    """All of the viewer's drafts, the last changed first."""

    items: list[DraftOut]


def draft(view: DraftView) -> dict[str, Any]:
    """A `DraftOut` as a plain dict."""
    content, allows = view.content, view.content.allows
    there = {upload.id: upload for upload in view.uploads}
    return {
        "id": str(view.key),
        "files": [
            {
                "id": ids.to_short(upload.id),
                "filename": upload.filename,
                "length_bytes": upload.length_bytes,
                "arrived_bytes": upload.offset_bytes,
                "is_finished": upload.is_finished,
                "url": f"/api/v1/me/drafts/{view.key}/files/{ids.to_short(upload.id)}" if upload.is_finished else None,
            }
            for upload_id in content.upload_ids
            if (upload := there.get(upload_id)) is not None
        ],
        "is_photos": content.is_photos,
        "caption": content.caption,
        "is_caption_locked": view.is_caption_locked,
        "visibility": content.visibility.value,
        "commenters": allows.commenters.value,
        "may_duet": allows.may_duet,
        "may_stitch": allows.may_stitch,
        "may_download": allows.may_download,
        "poster_at_ms": content.poster_at_ms,
        "sound": content.sound
        and {
            "id": ids.to_short(content.sound.sound_id),
            "start_ms": content.sound.start_ms,
            "sound_percent": content.sound.sound_percent,
            "own_percent": content.sound.own_percent,
        },
        "publish_at": content.publish_at,
        "changed_at": view.changed_at,
    }


def _id(short: str) -> int | None:
    try:
        return ids.from_short(short)
    except ids.NotAnId:
        return None
