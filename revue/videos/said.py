"""Who reads the subtitles of a video."""

from revue.accounts.contracts import Viewer
from revue.videos.cards import card, subtitles_line
from revue.videos.contracts import SubtitlesLine, VideoState
from revue.videos.errors import SubtitlesNotFound
from revue.videos.models import Subtitles, Video
from revue.videos.subtitles import language as as_standard


def subtitles(*, viewer: Viewer, video_id: int) -> list[SubtitlesLine]:
    """The languages in which a video has subtitles.

    Raises:
        VideoNotFound: it is not there, or not for this viewer.
    """
    _see(viewer, video_id)
    languages = Subtitles.objects.filter(video_id=video_id).order_by("language").values_list("language", flat=True)
    return [subtitles_line(video_id, language) for language in languages]


def subtitles_vtt(*, viewer: Viewer, video_id: int, language: str) -> str:
    """A video's subtitles in one language, as WebVTT.

    Raises:
        VideoNotFound: the video is not there, or not for this viewer.
        SubtitlesNotFound: it has none in this language.
        BadSubtitles: that is no language.
    """
    _see(viewer, video_id)
    kept = (
        Subtitles.objects.filter(video_id=video_id, language=as_standard(language))
        .values_list("vtt", flat=True)
        .first()
    )
    if kept is None:
        raise SubtitlesNotFound
    return kept


def _see(viewer: Viewer, video_id: int) -> None:
    """Pass whoever may watch a video, and its author at any time of its life but in the bin."""
    own = Video.objects.filter(pk=video_id, author_id=viewer.person_id).exclude(state=VideoState.BINNED.value)
    if not (viewer.is_signed_in and own.exists()):
        card(viewer=viewer, video_id=video_id)
