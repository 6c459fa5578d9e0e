"""Who of a video's possible viewers is tied to its author, asked one by one. Follows are `social`'s: decision 0075."""

from collections.abc import Collection

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from revue.accounts.contracts import Viewer
from revue.videos import policy
from revue.videos.contracts import Commenters, Ties, VideoCard
from revue.videos.models import Video

_TIES = """
SELECT f.followed_id, b.id IS NOT NULL
FROM social_follow AS f
LEFT JOIN social_follow AS b ON b.follower_id = f.followed_id AND b.followed_id = f.follower_id
WHERE f.follower_id = %s AND f.followed_id = ANY (%s::bigint[])
"""
_FOLLOWERS = "SELECT follower_id FROM social_follow WHERE followed_id = %s"


def ties(viewer: Viewer, author_ids: Collection[int]) -> Ties:
    """Those of the people whom the viewer follows, and who of them follows back; at most one SELECT."""
    if viewer.person_id is None or not author_ids:
        return Ties()
    with connection.cursor() as cursor:
        cursor.execute(_TIES, [viewer.person_id, list(author_ids)])
        rows = cursor.fetchall()
    return Ties(frozenset(row[0] for row in rows), frozenset(row[0] for row in rows if row[1]))


def may_comment(*, viewer: Viewer, card: VideoCard) -> bool:
    """Whether one who may watch a video may comment. A SELECT where that hangs on follows."""
    hangs = card.commenters in (Commenters.FOLLOWERS, Commenters.FRIENDS)
    return policy.may_comment(viewer, card, ties=ties(viewer, [card.author_id]) if hangs else Ties())


def followers_of(person_id: int) -> RawSQL:
    """Those who follow a person, as a part of another statement."""
    return RawSQL(_FOLLOWERS, [person_id], output_field=BigIntegerField())  # noqa: S611 - a constant text


def seen_by(viewer: Viewer, videos: Collection[Video]) -> set[int]:
    """Ids of those the viewer may watch, and of their own in any state. A SELECT only where some hang on follows."""
    others = [video for video in videos if not policy.is_author(viewer, video)]
    own = {video.pk for video in videos if policy.is_author(viewer, video)}
    found = ties(viewer, {video.author_id for video in others if policy.hangs_on_follows(video.visibility)})
    return own | {video.pk for video in others if policy.may_watch(viewer, video, ties=found)}
