"""What pages, news feeds and other sites say of a video: its addresses, its words, its sizes."""

import pathlib
import urllib.parse
from typing import Protocol

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from revue.media import queries as media
from revue.media.contracts import Rendition
from revue.platform import ids
from revue.videos.contracts import VideoCard

TITLE_LETTERS = 70
PLAYER_EDGE = 640  # pixels: the longer side of a player is never longer
PREVIEW_SIZE = (1200, 630)  # pixels: what those who show links ask for


class Named(Protocol):
    """Somebody with a handle, and maybe a name."""

    @property
    def handle(self) -> str:
        """Without @."""

    @property
    def name(self) -> str:
        """May be empty."""


def title_of(caption: str, handle: str, *, letters: int = TITLE_LETTERS) -> str:
    """A video's words in one line of at most so many letters, or whose it is when it has none."""
    return Truncator(" ".join(caption.split()) or _("A video by @%(handle)s") % {"handle": handle}).chars(letters)


def name_of(author: Named) -> str:
    """How somebody is called."""
    return author.name or f"@{author.handle}"


def person_path(handle: str) -> str:
    """Where somebody's page is, on this instance."""
    return f"/@{handle}"


def video_path(handle: str, video_id: int) -> str:
    """Where a video's page is, on this instance."""
    return f"{person_path(handle)}/{ids.to_short(video_id)}"


def tag_path(name: str) -> str:
    """Where a tag's page is, on this instance."""
    return f"/tag/{urllib.parse.quote(name, safe='')}"


def embed_url(video_id: int) -> str:
    """Where a video's player for other pages is, absolute."""
    return absolute(f"/embed/{ids.to_short(video_id)}")


def preview_url(card: VideoCard) -> str | None:
    """A video's picture for link previews, absolute; None before it has a poster. Each poster has its own address."""
    if card.poster_url is None:
        return None
    shown = urllib.parse.urlencode({"of": pathlib.PurePosixPath(card.poster_url).stem})
    return f"{absolute(f'/preview/{ids.to_short(card.id)}.jpg')}?{shown}"


def poster_size(card: VideoCard) -> tuple[int, int]:
    """Width and height of a video's poster, in pixels."""
    return media.poster_size(card.width, card.height)


def player_size(width: int, height: int, widest: int = PLAYER_EDGE, highest: int = PLAYER_EDGE) -> tuple[int, int]:
    """The largest size of a player, in pixels, for pictures of this shape."""
    scale = min(min(widest, PLAYER_EDGE) / width, min(highest, PLAYER_EDGE) / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def absolute(path: str) -> str:
    """An address as others have to write it."""
    return f"{settings.BASE_URL}{path}"


def plain_files(card: VideoCard | None) -> list[Rendition]:
    """A video's files in H.264, smallest first: nobody here knows yet what the browser can play."""
    return [file for file in card.renditions if file.codec == "h264"] if card else []
