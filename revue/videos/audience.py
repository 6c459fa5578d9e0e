"""Who of a video's possible viewers follows its author, asked one by one. Follows are `social`'s: decision 0075."""

from collections.abc import Collection

from django.db import connection

from revue.accounts.contracts import Viewer
from revue.videos import policy
from revue.videos.contracts import Visibility
from revue.videos.models import Video

_FOLLOWED = "SELECT followed_id FROM social_follow WHERE follower_id = %s AND followed_id = ANY (%s::bigint[])"


def followed(viewer: Viewer, author_ids: Collection[int]) -> frozenset[int]:
    """Those of the people whom the viewer follows; at most one SELECT."""
    if viewer.person_id is None or not author_ids:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWED, [viewer.person_id, list(author_ids)])
        return frozenset(row[0] for row in cursor.fetchall())


def seen_by(viewer: Viewer, videos: Collection[Video]) -> set[int]:
    """Ids of those the viewer may watch, and of their own in any state. A SELECT only where some are for followers."""
    others = [video for video in videos if not policy.is_author(viewer, video)]
    own = {video.pk for video in videos if policy.is_author(viewer, video)}
    asked = {video.author_id for video in others if video.visibility == Visibility.FOLLOWERS.value}
    follows = followed(viewer, asked)
    return own | {video.pk for video in others if policy.may_watch(viewer, video, followed=follows)}
