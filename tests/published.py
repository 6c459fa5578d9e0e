"""Published videos for tests that are not about making them: rows as the pipeline leaves them, without files."""

import datetime
import itertools
from collections.abc import Sequence
from typing import Any

from revue.media.contracts import ClipState
from revue.media.models import Clip, RenditionFile
from revue.platform import clock, ids
from revue.sounds.models import Sound
from revue.videos.contracts import VideoState, Visibility
from revue.videos.models import Video

_numbers = itertools.count(1)


def publish(author_id: int, *, published_at: datetime.datetime | None = None, **fields: Any) -> int:
    """A published video with one rendition; answers its id."""
    number = next(_numbers)
    clip = Clip.objects.create(
        owner_id=author_id,
        original_key=f"originals/{number}",
        original_sha256="0" * 64,
        original_bytes=1,
        state=ClipState.READY.value,
        progress=100,
        width=720,
        height=1280,
        duration_ms=8000,
        has_audio=True,
        poster_key=f"clips/{number}/poster.webp",
        thumbhash="1QcSHQRnh493V4dIh4eXh1h4kJUI",
    )
    RenditionFile.objects.create(
        clip=clip, name="540", key=f"clips/{ids.to_short(clip.id)}/540.mp4", width=540, height=960, bitrate=1, bytes=1
    )
    values: dict[str, Any] = {
        "state": VideoState.PUBLISHED.value,
        "visibility": Visibility.EVERYONE.value,
        "caption": f"Video {number}",
        "published_at": published_at or clock.now(),
        **fields,
    }
    return Video.objects.create(author_id=author_id, clip=clip, **values).pk


def schedule(author_id: int, publish_at: datetime.datetime, **fields: Any) -> int:
    """A video that plays and waits for its time; answers its id."""
    video_id = publish(author_id, state=VideoState.SCHEDULED.value, publish_at=publish_at, **fields)
    Video.objects.filter(pk=video_id).update(published_at=None)
    return video_id


def publish_many(author_ids: list[int], *, step_s: int = 60) -> list[int]:
    """One video for each author, the first the oldest, in few statements; answers their ids in that order."""
    now, count = clock.now(), len(author_ids)
    clips = Clip.objects.bulk_create(
        Clip(
            owner_id=author_id,
            original_key=f"originals/{next(_numbers)}",
            original_sha256="0" * 64,
            original_bytes=1,
            state=ClipState.READY.value,
            progress=100,
            width=720,
            height=1280,
            duration_ms=8000,
        )
        for author_id in author_ids
    )
    RenditionFile.objects.bulk_create(
        RenditionFile(clip=clip, name="540", key=f"clips/{clip.pk}/540.mp4", width=540, height=960, bitrate=1, bytes=1)
        for clip in clips
    )
    videos = Video.objects.bulk_create(
        Video(
            author_id=clip.owner_id,
            clip=clip,
            state=VideoState.PUBLISHED.value,
            visibility=Visibility.EVERYONE.value,
            caption=f"Video {number}",
            published_at=now - datetime.timedelta(seconds=step_s * (count - number)),
        )
        for number, clip in enumerate(clips)
    )
    return [video.pk for video in videos]


def give_sound(owner_id: int, video_id: int) -> int:
    """A sound that comes from a video; returns its id. Its files are not there."""
    video = Video.objects.get(pk=video_id)
    sound = Sound.objects.create(
        kind="original", owner_id=owner_id, clip_id=video.clip_id, file_key="x", master_key="x", length_ms=5000
    )
    Video.objects.filter(pk=video_id).update(sound=sound)
    return sound.pk


_COPIES = (
    """
    INSERT INTO media_clip SELECT (jsonb_populate_record(c, jsonb_build_object(
        'id', c.id - n, 'upload_id', NULL, 'original_key', 'originals/copy-' || n))).*
    FROM media_clip AS c, generate_series(1, %(count)s) AS n WHERE c.id = %(clip)s
    """,
    """
    INSERT INTO media_renditionfile SELECT (jsonb_populate_record(r, jsonb_build_object(
        'id', r.id + 1000 * n, 'clip_id', r.clip_id - n, 'key', r.key || '-' || n))).*
    FROM media_renditionfile AS r, generate_series(1, %(count)s) AS n WHERE r.clip_id = %(clip)s
    """,
    """
    INSERT INTO videos_video SELECT (jsonb_populate_record(v, jsonb_build_object(
        'id', v.id - n, 'clip_id', v.clip_id - n, 'published_at', v.published_at - n * interval '1 minute',
        'author_id', coalesce((%(authors)s::bigint[])[1 + n %% greatest(1, cardinality(%(authors)s::bigint[]))],
            v.author_id)))).*
    FROM videos_video AS v, generate_series(1, %(count)s) AS n WHERE v.id = %(video)s
    """,
)


def multiply(cursor: Any, count: int, *, authors: Sequence[int] = ()) -> None:
    """Rows of `count` videos like the newest one, each older than the one before: quick, for very many.

    Args:
        cursor: of the instance's database.
        count: how many.
        authors: who made them, in turn; the one who made the newest when left out.
    """
    cursor.execute("SELECT id, clip_id FROM videos_video ORDER BY id DESC LIMIT 1")
    video, clip = cursor.fetchone()
    for statement in _COPIES:
        cursor.execute(statement, {"count": count, "video": video, "clip": clip, "authors": list(authors)})
