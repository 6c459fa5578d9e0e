"""Sounds: their pages, what their owners change, what moderators decide."""

from typing import Any

from ninja import Schema
from pydantic import Field

from revue.api.schemas.people import Author, author
from revue.platform import ids
from revue.sounds.contracts import Kind
from revue.videos.contracts import SoundPage


class SoundOut(Schema):
    """A sound that videos share."""

    id: str
    kind: Kind
    name: str = Field(description="empty: the original sound of its owner")
    owner: Author | None = Field(description="null: the starter library's, or of someone who left")
    url: str | None = Field(description="plays it; null where it cannot be played any more")
    length_ms: int
    peaks: list[int] = Field(description="how loud each hundredth of it is, 0 to 255")
    licence: str
    credit: str
    may_use: bool = Field(description="whether the asking viewer may lay it under a video")
    may_reuse: bool = Field(description="whether its owner lets others use it")
    is_muted: bool
    muted_reason: str
    loops: bool = Field(description="made to be played round and round")
    mood: str
    tempo: int = Field(description="beats a minute; 0: unknown")
    beats_ms: list[int]
    uses: int = Field(description="public videos that have it")
    origin_video_id: str | None = Field(description="on its own page: the video it comes from")


class SoundListOut(Schema):
    """Sounds in their order."""

    items: list[SoundOut]


class SoundPatch(Schema):
    """What to change; a part that is left out stays as it is."""

    name: str | None = Field(default=None, max_length=1000)
    may_reuse: bool | None = None
    licence: str | None = Field(default=None, max_length=1000)
    credit: str | None = Field(default=None, max_length=2000)


class MuteIn(Schema):
    """Why a sound is muted, for the authors of its videos."""

    reason: str = Field(max_length=2000)


def sound(page: SoundPage) -> dict[str, Any]:
    """A `SoundOut` as a plain dict."""
    card = page.card
    return {
        "id": ids.to_short(card.id),
        "kind": card.kind.value,
        "name": card.name,
        "owner": author(card.owner) if card.owner else None,
        "url": card.url,
        "length_ms": card.length_ms,
        "peaks": card.peaks,
        "licence": card.licence,
        "credit": card.credit,
        "may_use": card.may_use,
        "may_reuse": card.may_reuse,
        "is_muted": card.is_muted,
        "muted_reason": card.muted_reason,
        "loops": card.loops,
        "mood": card.mood,
        "tempo": card.tempo,
        "beats_ms": card.beats_ms,
        "uses": page.uses,
        "origin_video_id": ids.to_short(page.origin_video_id) if page.origin_video_id else None,
    }


def sounds(pages: list[SoundPage]) -> dict[str, Any]:
    """A `SoundListOut` as a plain dict."""
    return {"items": [sound(page) for page in pages]}
