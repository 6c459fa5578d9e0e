"""Videos get their content vectors: after publishing, never before, and again when what they are has changed."""

from typing import Any, Final

from django.db import connection

from revue.media import actions as media
from revue.media.contracts import Glance
from revue.platform import clock, jobs
from revue.recommender import tasks, vectors
from revue.recommender.engine.content.facts import NO_PICTURES, NO_SOUND, VideoFacts
from revue.recommender.engine.content.read import pictures_of, samples_of
from revue.videos import queries as videos
from revue.videos.contracts import VideoContent

AT_ONCE: Final = 200  # videos that one sweep asks for; they take a worker a few minutes
_STALE = """
SELECT v.id FROM videos_video AS v LEFT JOIN recommender_videovector AS r ON r.video_id = v.id
WHERE v.state = 'published' AND (r.video_id IS NULL OR r.means <> %(means)s OR r.made_at < v.changed_at)
"""
# What was read before a change never replaces what was read after it; a video that is gone meanwhile is left out.
_KEEP = """
INSERT INTO recommender_videovector AS r (video_id, means, vector, made_at)
SELECT v.id, %(means)s, %(vector)s, %(made_at)s FROM videos_video AS v WHERE v.id = %(video)s FOR KEY SHARE
ON CONFLICT (video_id) DO UPDATE SET means = excluded.means, vector = excluded.vector, made_at = excluded.made_at
WHERE r.made_at <= excluded.made_at
"""


def follow_video(*, video_id: int) -> None:
    """Have a video described by a job, once the transaction that published or changed it is committed."""
    tasks.make_vector.enqueue(video_id=video_id, once=f"vector:{video_id}")


def describe_video(*, video_id: int) -> None:
    """Make a published video's vector, unless it has one of today's. Again, or twice at once, is harmless.

    Raises:
        MediaError: its pictures cannot be had for now.
        NoFfmpeg: they can never be had.
    """
    made_at = clock.now()
    content = videos.content(video_id=video_id)
    if content is None or not _is_stale(video_id):
        return
    model = vectors.model()
    vector = model.vector(_facts(content, media.glance_at(clip_id=content.clip_id)))
    values: dict[str, Any] = {
        "video": video_id,
        "means": model.means,
        "vector": vectors.to_bytes(vector),
        "made_at": made_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, values)


def repair() -> int:
    """Ask for vectors that are missing, older than their video, or of other means; returns how many. Newest first.

    They wait behind everything that people wait for: after a change of means every video is made anew.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"{_STALE} ORDER BY v.id DESC LIMIT %(most)s", {"means": vectors.model().means, "most": AT_ONCE})
        found = [row[0] for row in cursor.fetchall()]
    for video_id in found:
        tasks.make_vector.enqueue(video_id=video_id, once=f"again:{video_id}", behind=jobs.MOST_BEHIND)
    return len(found)


def _is_stale(video_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"{_STALE} AND v.id = %(video)s", {"means": vectors.model().means, "video": video_id})
        return cursor.fetchone() is not None


def _facts(content: VideoContent, seen: Glance | None) -> VideoFacts:
    return VideoFacts(
        pictures=pictures_of(seen.pictures, seen.edge) if seen else NO_PICTURES,
        sound=samples_of(seen.sound) if seen else NO_SOUND,
        caption=content.caption,
        tags=content.tags,
        author_id=content.author_id,
        sound_id=content.sound_id,
    )
