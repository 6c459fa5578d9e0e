"""What is said in a video, to be read along with it."""

from django.db import transaction

from revue.accounts.contracts import Viewer
from revue.platform import clock
from revue.videos import hooks, subtitles
from revue.videos.actions.hold import own_alone
from revue.videos.errors import TooManySubtitles
from revue.videos.models import Subtitles


@transaction.atomic
def put_subtitles(*, viewer: Viewer, video_id: int, language: str, text: str) -> None:
    """Give the viewer's own video subtitles, in the place of those that it has in this language; again is the same.

    Args:
        viewer: who asks.
        video_id: which.
        language: BCP 47, such as `pt-BR`.
        text: WebVTT or SubRip.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        VideoInBin: it is to be restored first.
        BadSubtitles: the text is none, or the language.
        TooManySubtitles: it has them in so many languages already.
    """
    tag, vtt = subtitles.language(language), subtitles.write(subtitles.read(text))
    video = own_alone(viewer, video_id)
    if Subtitles.objects.filter(video=video).exclude(language=tag).count() >= subtitles.MOST_LANGUAGES:
        raise TooManySubtitles
    kept = {"vtt": vtt, "changed_at": clock.now()}
    Subtitles.objects.update_or_create(video=video, language=tag, defaults=kept)
    _tell(video_id)


@transaction.atomic
def delete_subtitles(*, viewer: Viewer, video_id: int, language: str) -> None:
    """Take subtitles away from the viewer's own video; again changes nothing.

    Raises:
        SignInNeeded, VideoNotFound, VideoInBin, BadSubtitles: see `put_subtitles`.
    """
    tag = subtitles.language(language)
    Subtitles.objects.filter(video=own_alone(viewer, video_id), language=tag).delete()
    _tell(video_id)


def _tell(video_id: int) -> None:
    """The search finds a video by what is said in it."""
    for hear in hooks.edited():
        hear(video_id=video_id)
