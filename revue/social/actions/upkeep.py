"""Counters set right."""

from typing import Final

from django.db import connection, transaction
from django.db.models import Count, Q

from revue.events import actions as events
from revue.social.models import Comment, Like, Repost, Save

_SHOWN: Final = "deleted_at IS NULL AND held_for = ''"
_RECOUNT_COMMENTS: Final = f"""
UPDATE social_comment AS c SET likes = said.likes, replies = said.replies
FROM (
    SELECT
        o.id,
        (SELECT count(*) FROM social_commentlike AS l WHERE l.comment_id = o.id) AS likes,
        (SELECT count(*) FROM social_comment AS r WHERE r.thread_id = o.id AND {_SHOWN}) AS replies
    FROM social_comment AS o
) AS said
WHERE c.id = said.id AND (c.likes, c.replies) IS DISTINCT FROM (said.likes, said.replies)
"""  # noqa: S608 - put together from constants


@transaction.atomic
def recount() -> None:
    """Set the counters of likes and comments to what the rows say, for instance after people left. Safe to repeat.

    A comment counts where everybody sees it: it is not deleted, and neither it nor what began its thread waits.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT_COMMENTS)
    likes = Like.objects.values_list("video_id").annotate(number=Count("id"))
    shown = Comment.objects.filter(Q(thread=None) | Q(thread__held_for=""), deleted_at=None, held_for="")
    comments = shown.values_list("video_id").annotate(number=Count("id"))
    events.set_social(likes=dict(likes), comments=dict(comments))
    saves = Save.objects.values_list("video_id").annotate(number=Count("id"))
    reposts = Repost.objects.values_list("video_id").annotate(number=Count("id"))
    events.set_kept(saves=dict(saves), reposts=dict(reposts))
