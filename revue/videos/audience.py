"""Who of a video's possible viewers is tied to its author, asked one by one. Ties are `social`'s: decision 0075."""

from collections.abc import Collection

from django.db import connection

from revue.accounts.contracts import Viewer
from revue.videos import policy
from revue.videos.contracts import Commenters, MediaAccess, Ties, VideoCard, VideoState
from revue.videos.models import Video

_TIES = f"""
SELECT a.id, f.id IS NOT NULL, b.id IS NOT NULL, a.id IN {policy.APART}
FROM unnest(%(authors)s::bigint[]) AS a (id)
LEFT JOIN social_follow AS f ON f.follower_id = %(viewer)s AND f.followed_id = a.id
LEFT JOIN social_follow AS b ON b.follower_id = a.id AND b.followed_id = %(viewer)s
"""  # noqa: S608 - put together from constants
_LETTING = f"""
SELECT p.id FROM accounts_person AS p
WHERE p.id = ANY (%(people)s::bigint[]) AND {policy.lets("who_uses_sounds")} AND p.id NOT IN {policy.APART}
"""  # noqa: S608 - put together from constants
_ACCESS = f"""
SELECT v.visibility IN {policy.OPEN} AND v.state = '{VideoState.PUBLISHED.value}'
FROM videos_video AS v
WHERE (v.clip_id = %(clip)s OR v.last_clip_id = %(clip)s) AND (v.author_id = %(viewer)s OR {policy.WATCHABLE})
"""  # noqa: S608 - put together from constants


def ties(viewer: Viewer, author_ids: Collection[int]) -> Ties:
    """What the viewer is to these people; at most one SELECT."""
    if viewer.person_id is None or not author_ids:
        return Ties()
    with connection.cursor() as cursor:
        cursor.execute(_TIES, {"viewer": viewer.person_id, "authors": list(author_ids)})
        rows = cursor.fetchall()
    return Ties(
        followed=frozenset(person_id for person_id, follows, _, _ in rows if follows),
        friends=frozenset(person_id for person_id, follows, is_followed, _ in rows if follows and is_followed),
        apart=frozenset(person_id for person_id, _, _, is_apart in rows if is_apart),
    )


def lending_sounds(viewer: Viewer, owner_ids: Collection[int]) -> set[int]:
    """Those of the people who let the viewer lay their sounds under a video; at most one SELECT."""
    if not owner_ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_LETTING, {"viewer": viewer.person_id, "people": list(owner_ids)})
        return {row[0] for row in cursor.fetchall()}


def access(viewer: Viewer, clip_id: int) -> MediaAccess:
    """Whether a viewer may have the files of what a video shows, or showed until lately; one SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(_ACCESS, {"viewer": viewer.person_id, "clip": clip_id})
        row = cursor.fetchone()
    if row is None:
        return MediaAccess.DENIED
    return MediaAccess.PUBLIC if row[0] else MediaAccess.PRIVATE


def may_comment(*, viewer: Viewer, card: VideoCard) -> bool:
    """Whether one who may watch a video may comment. A SELECT where that hangs on follows."""
    hangs = card.commenters in (Commenters.FOLLOWERS, Commenters.FRIENDS)
    return policy.may_comment(viewer, card, ties=ties(viewer, [card.author_id]) if hangs else Ties())


def seen_by(viewer: Viewer, videos: Collection[Video]) -> set[int]:
    """Ids of those the viewer may watch, and of their own in any state. At most one SELECT, and none for visitors."""
    others = [video for video in videos if not policy.is_author(viewer, video)]
    own = {video.pk for video in videos if policy.is_author(viewer, video)}
    found = ties(viewer, {video.author_id for video in others})
    return own | {video.pk for video in others if policy.may_watch(viewer, video, ties=found)}
