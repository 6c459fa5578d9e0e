"""What videos are about, kept beside them: written when a video is published or edited, and repaired by a sweep."""

from collections.abc import Sequence
from typing import Final

from django.db import connection

from revue.platform import clock
from revue.recommender import topics

AT_ONCE: Final = 500  # videos
_WORDS = "SELECT id, tags, caption FROM videos_video WHERE id = ANY (%s)"
_STALE = """
SELECT v.id FROM videos_video AS v LEFT JOIN recommender_videotopic AS t ON t.video_id = v.id
WHERE v.id > %s AND v.state = 'published' AND (t.video_id IS NULL OR t.edition <> %s OR t.made_at < v.changed_at)
ORDER BY v.id LIMIT %s
"""
# What was read before an edit never replaces what was read after it; a video that is gone meanwhile is left out.
_KEEP = """
INSERT INTO recommender_videotopic AS t (video_id, topics, edition, made_at)
SELECT v.id, %(topics)s::smallint[], %(edition)s, %(made_at)s
FROM videos_video AS v WHERE v.id = %(video)s FOR KEY SHARE
ON CONFLICT (video_id) DO UPDATE SET topics = excluded.topics, edition = excluded.edition, made_at = excluded.made_at
WHERE t.made_at <= excluded.made_at
"""


def follow_video(*, video_id: int) -> None:
    """Keep what a video is about, inside the transaction that published or edited it."""
    _look_at([video_id])


def repair() -> int:
    """Look at published videos whose words were not looked at, or not since; returns how many. Harmless to repeat."""
    count, after = 0, 0
    while video_ids := _stale(after):
        _look_at(video_ids)
        count, after = count + len(video_ids), video_ids[-1]
    return count


def _stale(after: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_STALE, [after, topics.EDITION, AT_ONCE])
        return [row[0] for row in cursor.fetchall()]


def _look_at(video_ids: Sequence[int]) -> None:
    made_at = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [list(video_ids)])
        for video_id, tags, caption in cursor.fetchall():
            found = list(topics.topics_of(tuple(tags), caption))
            values = {"video": video_id, "topics": found, "edition": topics.EDITION, "made_at": made_at}
            cursor.execute(_KEEP, values)
