"""Pass a video on."""

from django.conf import settings
from django.db import transaction

from revue.accounts.contracts import Viewer
from revue.events import actions as events
from revue.platform import ids, limits
from revue.videos import queries as videos

SHARES_PER_MINUTE = 30


@transaction.atomic
def share_video(*, viewer: Viewer, video_id: int) -> str:
    """Count a share and give the link; visitors may share too.

    Raises:
        NotFound: the viewer may not watch the video.
        RateLimited: too many in a minute.
    """
    card = videos.card(viewer=viewer, video_id=video_id)
    limits.check("share", key=str(viewer.person_id or viewer.session_key), per_minute=SHARES_PER_MINUTE)
    events.hold_video(video_id=video_id)
    events.add_social(video_id=video_id, shares=1)
    return f"{settings.BASE_URL}/@{card.author.handle}/{ids.to_short(video_id)}"
