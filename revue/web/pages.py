"""What the HTML of each address says before any script runs."""

import dataclasses
from typing import Any

from django.conf import settings

from revue.accounts.contracts import PersonCard, Profile
from revue.feed.contracts import FeedPage, ShownVideo
from revue.media.contracts import Rendition
from revue.platform import ids
from revue.videos.contracts import SoundPage, VideoCard, Visibility

_TITLE_LETTERS = 70
_DESCRIPTION_LETTERS = 200


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """The head and the scriptless body of one address."""

    title: str
    description: str
    path: str
    data: dict[str, Any] | None = None  # what the app starts with, as the API would answer
    first: VideoCard | None = None  # begins to play before the app is there
    image: str | None = None
    video: VideoCard | None = None  # the page is about this one
    may_index: bool = True

    @property
    def url(self) -> str:
        """The canonical address."""
        return f"{settings.BASE_URL}{self.path}"

    @property
    def image_url(self) -> str | None:
        """The picture for previews, absolute."""
        return f"{settings.BASE_URL}{self.image}" if self.image else None

    @property
    def video_url(self) -> str | None:
        """The largest file of the video this page is about that everything plays, absolute."""
        files = _plain_files(self.video)
        return f"{settings.BASE_URL}{files[-1].url}" if files else None

    @property
    def first_url(self) -> str | None:
        """The file that starts at once: the smallest that everything plays, which is there soonest on any line."""
        files = _plain_files(self.first)
        return files[0].url if files else None


def plain(path: str, title: str = "") -> Page:
    """A page that is all app: settings, upload."""
    return Page(title=_titled(title), description=_about(), path=path, may_index=False)


def feed(path: str, data: dict[str, Any], page: FeedPage) -> Page:
    """A feed; its first video is in the HTML."""
    first = page.entries[0].video.card if page.entries else None
    return Page(_titled(""), _about(), path, data, first, image=first.poster_url if first else None)


def video(shown: ShownVideo, data: dict[str, Any]) -> Page:
    """One video."""
    card = shown.card
    title = card.caption[:_TITLE_LETTERS] or f"A video by @{card.author.handle}"
    path = f"/@{card.author.handle}/{ids.to_short(card.id)}"
    description = f"{_name(card.author)}: {card.caption}"[:_DESCRIPTION_LETTERS]
    is_public = card.visibility is Visibility.EVERYONE
    return Page(_titled(title), description, path, data, card, card.poster_url, card, may_index=is_public)


def profile(person: Profile) -> Page:
    """Somebody's page."""
    name = person.name or person.handle
    description = person.bio or f"Videos by {name} (@{person.handle})."
    return Page(_titled(f"{name} (@{person.handle})"), description, f"/@{person.handle}", image=person.avatar_url)


def tag(name: str) -> Page:
    """Everything with one tag."""
    return Page(_titled(f"#{name}"), f"Videos with #{name}.", f"/tag/{name}")


def sound(page: SoundPage) -> Page:
    """A sound."""
    card = page.card
    owner = f" by {_name(card.owner)}" if card.owner else ""
    name = f"{card.name}{owner}" if card.name else f"Original sound{owner}"
    uses = "1 video has it." if page.uses == 1 else f"{page.uses} videos have it."
    return Page(
        _titled(name), f"{name}, a sound on {settings.INSTANCE_NAME}. {uses}", f"/sound/{ids.to_short(card.id)}"
    )


def _plain_files(card: VideoCard | None) -> list[Rendition]:
    """A video's files in H.264, smallest first: nobody here knows yet what the browser can play."""
    return [file for file in card.renditions if file.codec == "h264"] if card else []


def _titled(title: str) -> str:
    return f"{title} · {settings.INSTANCE_NAME}" if title else settings.INSTANCE_NAME


def _about() -> str:
    return f"{settings.INSTANCE_NAME}: short videos, on a server of our own."


def _name(author: PersonCard) -> str:
    return author.name or f"@{author.handle}"
