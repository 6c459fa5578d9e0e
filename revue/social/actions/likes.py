"""Like and take a like back."""

from django.db import transaction

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.events import actions as events
from revue.platform import limits
from revue.social import hooks, live
from revue.social.contracts import LikeState
from revue.social.models import Like
from revue.videos import queries as videos

CHANGES_PER_MINUTE = 120


@transaction.atomic
def like_video(*, viewer: Viewer, video_id: int) -> LikeState:
    """Like a video; liking it again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: the viewer may not watch the video.
        RateLimited: too many changes in a minute.
    """
    person_id, author_id = _hold(viewer, video_id)
    made = Like.objects.bulk_create([Like(person_id=person_id, video_id=video_id)], ignore_conflicts=True)
    is_new = Like.objects.filter(id=made[0].id).exists()  # on a conflict the older row stays, under its own id
    likes = _add_likes(video_id, 1 if is_new else 0)
    if is_new:
        hooks.video_liked(actor_id=person_id, author_id=author_id, video_id=video_id)
    return LikeState(liked=True, like_count=likes)


@transaction.atomic
def unlike_video(*, viewer: Viewer, video_id: int) -> LikeState:
    """Take a like back; without a like nothing changes.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: the viewer may not watch the video.
        RateLimited: too many changes in a minute.
    """
    person_id, author_id = _hold(viewer, video_id)
    removed, _ = Like.objects.filter(person_id=person_id, video_id=video_id).delete()
    likes = _add_likes(video_id, -removed)
    if removed:
        hooks.video_unliked(actor_id=person_id, author_id=author_id, video_id=video_id)
    return LikeState(liked=False, like_count=likes)


def _hold(viewer: Viewer, video_id: int) -> tuple[int, int]:
    """Who likes, after the rate limit, and whose video; its counters, for one who may watch, are theirs to change."""
    person_id = person_id_of(viewer)
    limits.check("like", key=str(person_id), per_minute=CHANGES_PER_MINUTE)
    card = videos.card(viewer=viewer, video_id=video_id)
    events.hold_video(video_id=video_id)
    return person_id, card.author.id


def _add_likes(video_id: int, change: int) -> int:
    """Count a like more or less and tell everyone who has the video open; the number of likes afterwards."""
    likes, comments, _ = events.add_social(video_id=video_id, likes=change)
    if change:
        live.counts_changed(video_id, likes=likes, comments=comments)
    return likes
