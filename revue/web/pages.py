"""What the HTML of each address says before any script runs."""

import dataclasses
import urllib.parse
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from revue.accounts.contracts import Profile
from revue.feed.contracts import FeedPage, ShownVideo
from revue.platform import ids
from revue.videos import policy
from revue.videos.contracts import SoundPage, VideoCard
from revue.web import cards, linked

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
    video: VideoCard | None = None  # the page is about this one, which whoever has the address may watch
    may_index: bool = True
    heading: str = ""  # what it is about, without the instance's name
    person: Profile | None = None  # the page is about them
    listed: tuple[VideoCard, ...] = ()  # for browsers without scripts, and for crawlers to go on
    feed_path: str | None = None  # the same as Atom
    linked_data: dict[str, Any] | None = None  # the same as JSON-LD
    part: str = ""  # the part of the app that shows it, where that is no feed: a component of `frontend/src`
    asked: tuple[str, ...] = ()  # what that part asks of the API first, which needs not wait until it is there

    @property
    def url(self) -> str:
        """The canonical address."""
        return cards.absolute(self.path)

    @property
    def image_url(self) -> str | None:
        """The picture for previews, absolute."""
        if self.video is not None:
            return cards.preview_url(self.video)
        return cards.absolute(self.image) if self.image else None

    @property
    def image_size(self) -> tuple[int, int] | None:
        """Width and height of the picture of a video, in pixels."""
        return cards.PREVIEW_SIZE if self.video else None

    @property
    def video_url(self) -> str | None:
        """The largest file of the video this page is about that everything plays, absolute."""
        files = cards.plain_files(self.video)
        return cards.absolute(files[-1].url) if files else None

    @property
    def seconds(self) -> int:
        """How long the video takes, in whole seconds."""
        return max(1, round(self.video.duration_ms / 1000)) if self.video else 0

    @property
    def player_size(self) -> tuple[int, int] | None:
        """Width and height of the player for other pages, in pixels."""
        return cards.player_size(self.video.width, self.video.height) if self.video else None

    @property
    def is_secure(self) -> bool:
        """Whether this instance has addresses that begin with https."""
        return settings.BASE_URL.startswith("https:")

    @property
    def embed_url(self) -> str | None:
        """The player for other pages, of a video that may stand there."""
        return cards.embed_url(self.video.id) if self.video and policy.may_embed(self.video.visibility) else None

    @property
    def oembed_url(self) -> str | None:
        """Where other sites ask how to show the video, of one that they may show."""
        if self.embed_url is None:
            return None
        return f"{cards.absolute('/oembed')}?{urllib.parse.urlencode({'url': self.url, 'format': 'json'})}"

    @property
    def first_url(self) -> str | None:
        """The file that starts at once: the smallest that everything plays, which is there soonest on any line."""
        files = cards.plain_files(self.first)
        return files[0].url if files else None


def plain(path: str, title: str = "", part: str = "") -> Page:
    """A page that is all app: settings, upload, search. What was searched for is in no title."""
    return Page(title=_titled(title), description=_about(), path=path, may_index=False, heading=title, part=part)


def feed(path: str, data: dict[str, Any], page: FeedPage) -> Page:
    """A feed; its first video is in the HTML."""
    listed = tuple(entry.video.card for entry in page.entries)
    first = listed[0] if listed else None
    image = first.poster_url if first else None
    return Page(_titled(""), _about(), path, data, first, image=image, listed=listed)


def video(shown: ShownVideo, data: dict[str, Any]) -> Page:
    """One video. What not everybody with its address may watch says nothing of it to previews."""
    card = shown.card
    is_public = policy.may_embed(card.visibility)
    may_index = is_public and card.may_index
    heading = cards.title_of(card.caption, card.author.handle)
    page = Page(
        title=_titled(heading),
        description=f"{cards.name_of(card.author)}: {card.caption}"[:_DESCRIPTION_LETTERS],
        path=cards.video_path(card.author.handle, card.id),
        data=data,
        first=card,
        may_index=may_index,
        heading=heading,
    )
    if card.visibility.value not in policy.OPEN:
        return page
    page = dataclasses.replace(page, video=card)
    return dataclasses.replace(page, linked_data=linked.video(shown)) if may_index else page


def profile(person: Profile, newest: list[VideoCard], *, may_see_videos: bool) -> Page:
    """Somebody's page."""
    api = f"/api/v1/people/{person.handle}"
    name = person.name or person.handle
    heading = f"{name} (@{person.handle})"
    path = cards.person_path(person.handle)
    return Page(
        title=_titled(heading),
        description=person.bio or _("Videos by %(name)s.") % {"name": heading},
        path=path,
        image=person.avatar_url,
        heading=heading,
        may_index=person.is_indexed and not person.is_private,
        person=person,
        part="profile/ProfilePage",
        asked=(api, f"{api}/videos?sort=latest") if may_see_videos else (api,),
        listed=tuple(newest),
        feed_path=f"{path}/feed.atom",
    )


def tag(name: str, newest: list[VideoCard]) -> Page:
    """Everything with one tag. Anybody can make up a tag, so one that nobody has used is not to be indexed."""
    api = f"/api/v1/tags/{urllib.parse.quote(name)}"
    path = cards.tag_path(name)
    return Page(
        title=_titled(f"#{name}"),
        description=_("Videos with #%(tag)s.") % {"tag": name},
        path=path,
        image=newest[0].poster_url if newest else None,
        may_index=bool(newest),
        heading=f"#{name}",
        part="profile/TagPage",
        asked=(api, f"{api}/videos?sort=newest"),
        listed=tuple(newest),
        feed_path=f"{path}/feed.atom",
    )


def sound(page: SoundPage) -> Page:
    """A sound."""
    card = page.card
    api = f"/api/v1/sounds/{ids.to_short(card.id)}"
    name = card.name or _("Original sound")
    if card.owner:
        name = _("%(sound)s by %(name)s") % {"sound": name, "name": cards.name_of(card.owner)}
    about = _("%(sound)s, a sound on %(instance)s.") % {"sound": name, "instance": settings.INSTANCE_NAME}
    uses = ngettext("%(count)d video has it.", "%(count)d videos have it.", page.uses) % {"count": page.uses}
    return Page(
        title=_titled(name),
        description=f"{about} {uses}",
        path=f"/sound/{ids.to_short(card.id)}",
        heading=name,
        part="sounds/SoundPage",
        asked=(api, f"{api}/videos"),
    )


def _titled(title: str) -> str:
    return f"{title} · {settings.INSTANCE_NAME}" if title else settings.INSTANCE_NAME


def _about() -> str:
    return _("%(instance)s: short videos, on a server of our own.") % {"instance": settings.INSTANCE_NAME}
