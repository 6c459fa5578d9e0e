"""Keeping a copy of a video, where its author lets others."""

from revue.accounts.contracts import Viewer
from revue.media import queries as media
from revue.platform import ids
from revue.videos import policy
from revue.videos.cards import card
from revue.videos.contracts import Download
from revue.videos.errors import DownloadsOff, VideoNotFound
from revue.videos.models import Video


def download(*, viewer: Viewer, video_id: int) -> Download:
    """The best file that plays everywhere. Three SELECTs.

    Raises:
        VideoNotFound: it is not there, or not for this viewer.
        DownloadsOff: its author lets nobody.
    """
    found = card(viewer=viewer, video_id=video_id)
    if not policy.may_download(viewer, found):
        raise DownloadsOff
    clip_id = Video.objects.filter(pk=video_id).values_list("clip_id", flat=True).first()
    file = media.best_file(clip_id) if clip_id is not None else None
    if file is None:
        raise VideoNotFound
    key, mime = file
    return Download(key, mime, f"{found.author.handle}-{ids.to_short(video_id)}.mp4")
