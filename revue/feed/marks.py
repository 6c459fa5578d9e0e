"""The counts of videos and what one viewer has to do with them, in one SELECT."""

from collections.abc import Mapping

from django.db import connection

from revue.accounts.contracts import Viewer
from revue.feed.contracts import ShownVideo
from revue.recommender import topics
from revue.videos.contracts import VideoCard

_MARKS = """
SELECT
    v.id, coalesce(c.likes, 0), coalesce(c.comments, 0), coalesce(c.shares, 0), coalesce(c.saves, 0),
    coalesce(c.reposts, 0), coalesce(c.plays, 0),
    EXISTS (SELECT 1 FROM social_like AS l WHERE l.person_id = %(person)s AND l.video_id = v.id),
    EXISTS (SELECT 1 FROM social_save AS s WHERE s.person_id = %(person)s AND s.video_id = v.id),
    EXISTS (SELECT 1 FROM social_repost AS r WHERE r.person_id = %(person)s AND r.video_id = v.id),
    EXISTS (SELECT 1 FROM social_follow AS f WHERE f.follower_id = %(person)s AND f.followed_id = v.author_id)
FROM unnest(%(videos)s::bigint[], %(authors)s::bigint[]) AS v (id, author_id)
LEFT JOIN events_videocounts AS c ON c.video_id = v.id
"""


def shown(viewer: Viewer, cards: Mapping[int, VideoCard]) -> dict[int, ShownVideo]:
    """Each card with its counts and the viewer's marks."""
    if not cards:
        return {}
    values = {
        "person": viewer.person_id,
        "videos": list(cards),
        "authors": [card.author.id for card in cards.values()],
    }
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, values)
        rows = cursor.fetchall()
    return {
        row[0]: ShownVideo(
            card=cards[row[0]],
            likes=row[1],
            comments=row[2],
            shares=row[3],
            saves=row[4],
            reposts=row[5],
            plays=row[6],
            liked=row[7],
            saved=row[8],
            reposted=row[9],
            following=row[10],
            is_author=cards[row[0]].author.id == viewer.person_id,
            topics=topics.named(cards[row[0]].tags, cards[row[0]].caption),
        )
        for row in rows
    }
