"""Another clip in the place of a video's own: the old one plays until the new one does."""

from django.db import transaction
from django.db.models import Q

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.media import actions as media
from revue.media.contracts import Mix
from revue.media.errors import UploadNotFound
from revue.platform import clock, limits
from revue.sounds import queries as sounds
from revue.sounds.contracts import SoundChoice
from revue.videos import live, policy, queries, soundtracks
from revue.videos.actions.fields import sound_fields
from revue.videos.actions.hold import locked, own_locked
from revue.videos.errors import TooLateToReplace
from revue.videos.models import Video


def replace_upload(*, viewer: Viewer, video_id: int, upload_id: int) -> None:
    """Put another file in the place of the viewer's own video, within a day of its posting.

    The old one plays until the new one does. Address, words, likes and comments stay. Again is the same.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        TooLateToReplace: the day is over.
        UploadNotFound, UploadUnfinished: see their words.
    """
    limits.check("video", key=str(person_id_of(viewer)), per_hour=100)
    with transaction.atomic():
        video = own_locked(viewer, video_id)
        if policy.replaceable_until(video.published_at or video.made_at) < clock.now():
            raise TooLateToReplace
        clip_id = media.make_clip(owner_id=video.author_id, upload_id=upload_id, mix=_wanted_mix(video))
        if clip_id not in (video.clip_id, video.next_clip_id):
            if Video.objects.filter(Q(clip_id=clip_id) | Q(next_clip_id=clip_id)).exists():
                raise UploadNotFound
            _await(video, clip_id)


def replace_sound(*, viewer: Viewer, video_id: int, sound: SoundChoice | None) -> None:
    """Lay another sound under the viewer's own video, or none: then it sounds as its file does.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        SoundNotFound, SoundNotUsable, BadSound: see their words.
        ClipBusy: the video is not far enough yet.
    """
    limits.check("video", key=str(person_id_of(viewer)), per_hour=100)
    mix = soundtracks.mix(viewer=viewer, choice=sound) if sound else media.AS_IT_IS
    with transaction.atomic():
        video = own_locked(viewer, video_id)
        for name, value in sound_fields(sound).items():
            setattr(video, name, value)
        clip_id = media.remake_clip(clip_id=video.next_clip_id or video.clip_id, mix=mix)
        _await(video, clip_id)


def remake_sound(*, video_id: int) -> None:
    """Make a video sound as it should, if it does not: after its sound was muted, or let go again.

    Raises:
        ClipBusy: it is being made; the job tries again.
    """
    with transaction.atomic():
        video = locked(Q(pk=video_id))
        if video is None:
            return
        newest, wanted = video.next_clip_id or video.clip_id, _wanted_mix(video)
        if media.mix_of(clip_id=newest) != wanted:
            _await(video, media.remake_clip(clip_id=newest, mix=wanted))


def remake_video(*, video_id: int) -> bool:
    """Begin to make a video's clip anew, where that is asked for and nothing else awaits its turn; whether it began.

    Raises:
        ClipBusy: its original is not in its place.
        StorageUnavailable: the object store does not answer.
    """
    with transaction.atomic():
        video = locked(Q(pk=video_id, remake_asked_at__isnull=False, next_clip=None))
        if video is None:
            return False
        video.remake_asked_at = None
        _await(video, media.remake_clip(clip_id=video.clip_id, mix=_wanted_mix(video), is_urgent=False))
        return True


def _await(video: Video, clip_id: int) -> None:
    """Have a clip take the place of the video's own once it plays; what was awaited before is given up."""
    if video.next_clip_id is not None:
        media.delete_clip_later(clip_id=video.next_clip_id)
    video.next_clip_id, video.changed_at = clip_id, clock.now()
    video.save()
    live.state_changed(video.author_id, queries.status(video_id=video.pk))


def _wanted_mix(video: Video) -> Mix:
    """How a video is to sound, from its author's choice and whether that may be heard."""
    is_muted = video.sound_id is not None and sounds.is_muted(video.sound_id)
    if not video.uses_sound or video.sound_id is None:
        return Mix(own_percent=0) if is_muted else media.AS_IT_IS
    if is_muted:
        return Mix(own_percent=video.own_percent)
    return sounds.mix_of_used(SoundChoice(video.sound_id, video.sound_start_ms, video.sound_percent, video.own_percent))
