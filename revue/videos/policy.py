"""Who may watch a video, and whose it is."""

import datetime
from typing import Final, Protocol

from django.db.models import Q

from revue.accounts.contracts import Viewer
from revue.videos.contracts import VideoState, Visibility

# The same question as `may_watch` for the database, of a video `v` and the parameter `viewer` (null: a visitor).
WATCHABLE = f"""(
    v.state = '{VideoState.PUBLISHED.value}'
    AND (v.visibility <> '{Visibility.ONLY_ME.value}' OR v.author_id = %(viewer)s)
)"""


REPLACEABLE_FOR: Final = datetime.timedelta(hours=24)
KEEPS_PLAYING_FOR: Final = datetime.timedelta(minutes=15)  # on pages that were open when a clip was replaced


def replaceable_until(posted_at: datetime.datetime) -> datetime.datetime:
    """Until when a video's pictures may be replaced; afterwards people have liked and answered what they saw."""
    return posted_at + REPLACEABLE_FOR


class Watchable(Protocol):
    """What the question needs to know of a video."""

    @property
    def author_id(self) -> int:
        """Whose it is."""

    @property
    def state(self) -> str:
        """A `VideoState`."""

    @property
    def visibility(self) -> str:
        """A `Visibility`."""


def may_watch(viewer: Viewer, video: Watchable) -> bool:
    """Whether a published video may be played to this viewer: by its visibility, or because it is theirs."""
    if video.state != VideoState.PUBLISHED.value:
        return False
    return video.visibility != Visibility.ONLY_ME.value or is_author(viewer, video)


def is_author(viewer: Viewer, video: Watchable) -> bool:
    """Whether the video is the viewer's own."""
    return viewer.person_id is not None and viewer.person_id == video.author_id


def is_listed(video: Watchable) -> bool:
    """Whether a video may stand in everyone's lists."""
    return video.state == VideoState.PUBLISHED.value and video.visibility == Visibility.EVERYONE.value


def listed() -> Q:
    """The same question for the database."""
    return Q(state=VideoState.PUBLISHED.value, visibility=Visibility.EVERYONE.value)
