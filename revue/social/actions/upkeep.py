"""Counters set right."""

from django.db import transaction
from django.db.models import Count

from revue.events import actions as events
from revue.social.models import Comment, Like, Repost, Save


@transaction.atomic
def recount() -> None:
    """Set the counters of what people do with videos to what the rows say, for instance after people left.

    Safe to repeat.
    """
    likes = Like.objects.values_list("video_id").annotate(number=Count("id"))
    comments = Comment.objects.filter(deleted_at=None).values_list("video_id").annotate(number=Count("id"))
    events.set_social(likes=dict(likes), comments=dict(comments))
    saves = Save.objects.values_list("video_id").annotate(number=Count("id"))
    reposts = Repost.objects.values_list("video_id").annotate(number=Count("id"))
    events.set_kept(saves=dict(saves), reposts=dict(reposts))
