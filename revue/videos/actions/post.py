"""New videos: of uploads, of photos, of files of ours."""

import contextlib
import datetime
import pathlib
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from revue.accounts import actions as accounts
from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.media import actions as media
from revue.media.contracts import Mix
from revue.platform import limits
from revue.sounds.contracts import SoundChoice
from revue.videos import policy, soundtracks
from revue.videos.actions.drafts import forget_draft, hold_drafts
from revue.videos.actions.fields import fields_of, sound_fields, words_of
from revue.videos.actions.go_out import checked_time
from revue.videos.contracts import Allows, Visibility
from revue.videos.models import Video

_ALL: Final = Allows()


def create_video(
    *,
    viewer: Viewer,
    upload_id: int,
    caption: str = "",
    visibility: Visibility = Visibility.EVERYONE,
    allows: Allows = _ALL,
    sound: SoundChoice | None = None,
    poster_at_ms: int | None = None,
    publish_at: datetime.datetime | None = None,
    draft_key: uuid.UUID | None = None,
) -> int:
    """Post a finished upload, with a sound under it if one was chosen. A worker begins on commit.

    With `publish_at` it does not go out before that time.

    Posting the same upload again gives the same video. A draft of it goes, as it is posted now.

    Raises:
        SignInNeeded: the viewer is a visitor.
        RateLimited: too many in an hour.
        BadCaption: it is too long.
        BadTime: `publish_at` is too near or too far.
        UploadNotFound, UploadUnfinished: see their words.
        SoundNotFound, SoundNotUsable, BadSound: see their words.
    """
    author_id, words, mix = _asked(viewer, caption, sound, publish_at)
    with transaction.atomic(), _draft_posted(author_id, draft_key):
        clip_id = media.make_clip(owner_id=author_id, upload_id=upload_id, mix=mix)
        return _insert(author_id, clip_id, visibility, allows, words, poster_at_ms)


def create_photo_post(
    *,
    viewer: Viewer,
    upload_ids: Sequence[int],
    caption: str = "",
    visibility: Visibility = Visibility.EVERYONE,
    allows: Allows = _ALL,
    sound: SoundChoice | None = None,
    poster_at_ms: int | None = None,
    publish_at: datetime.datetime | None = None,
    draft_key: uuid.UUID | None = None,
) -> int:
    """Post finished uploads, each a photo, in their order: a video whose pictures can be looked at one by one.

    Posting the same uploads again gives the same video. A draft of them goes, as it is posted now.

    Raises:
        SignInNeeded: the viewer is a visitor.
        RateLimited: too many in an hour.
        BadCaption: it is too long.
        BadTime: `publish_at` is too near or too far.
        UploadNotFound, UploadUnfinished: see their words.
        SoundNotFound, SoundNotUsable, BadSound: see their words.
    """
    author_id, words, mix = _asked(viewer, caption, sound, publish_at)
    with transaction.atomic(), _draft_posted(author_id, draft_key):
        clip_id = media.make_photo_clip(owner_id=author_id, upload_ids=upload_ids, mix=mix)
        return _insert(author_id, clip_id, visibility, allows, words, poster_at_ms)


def create_from_file(
    *,
    author_id: int,
    path: pathlib.Path,
    caption: str = "",
    visibility: Visibility = Visibility.EVERYONE,
    allows: Allows = _ALL,
) -> int:
    """Post a file of ours, which is moved in: the same pipeline as for uploads. A worker begins on commit.

    Raises:
        BadCaption: it is too long.
    """
    words = words_of(caption)
    with transaction.atomic():
        clip_id = media.adopt_file(owner_id=author_id, path=path)
        return _insert(author_id, clip_id, visibility, allows, words)


def _asked(
    viewer: Viewer, caption: str, sound: SoundChoice | None, publish_at: datetime.datetime | None
) -> tuple[int, dict[str, Any], Mix]:
    """Who posts, what of it are fields of the video, and how it is to sound.

    Raises:
        SignInNeeded, RateLimited, BadCaption, BadTime, SoundNotFound, SoundNotUsable, BadSound: see `create_video`.
    """
    author_id = person_id_of(viewer)
    limits.check("video", key=str(author_id), per_hour=100)
    words = words_of(caption) | sound_fields(sound) | {"publish_at": checked_time(publish_at)}
    return author_id, words, soundtracks.mix(viewer=viewer, choice=sound) if sound else media.AS_IT_IS


@contextlib.contextmanager
def _draft_posted(author_id: int, key: uuid.UUID | None) -> Iterator[None]:
    """Let a draft go after the block has made its files a clip; held before, as everything that changes drafts does."""
    if key is not None:
        hold_drafts(author_id)
    yield
    if key is not None:
        forget_draft(author_id=author_id, key=key)


def _insert(
    author_id: int,
    clip_id: int,
    visibility: Visibility,
    allows: Allows,
    words: dict[str, Any],
    poster_at_ms: int | None = None,
) -> int:
    """The video that has, or awaits, a clip; a new one where there is none yet."""
    known = Video.objects.filter(Q(clip_id=clip_id) | Q(next_clip_id=clip_id)).values_list("pk", flat=True).first()
    if known is not None:
        return known
    if poster_at_ms is not None:
        media.choose_poster(clip_id=clip_id, at_ms=poster_at_ms)
    fields = fields_of(allows) | words
    fields |= policy.audience(visibility, is_private=accounts.hold_private(person_id=author_id))
    video = Video(author_id=author_id, clip_id=clip_id, **fields)
    video.save(force_insert=True)
    return video.pk
