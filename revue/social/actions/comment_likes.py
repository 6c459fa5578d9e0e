"""Like a comment and take that back."""

from django.db import transaction

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.platform import limits
from revue.social import hooks, live
from revue.social.actions import threads
from revue.social.contracts import LikeState
from revue.social.models import Comment, CommentLike

CHANGES_PER_MINUTE = 120


@transaction.atomic
def like_comment(*, viewer: Viewer, comment_id: int) -> LikeState:
    """Like a comment; again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: it is not there, or not for this viewer.
        CommentHeld: it waits for the video's author.
        RateLimited: too many changes in a minute.
    """
    person_id, comment, is_creator = _asked(viewer, comment_id)
    like = CommentLike(person_id=person_id, comment=comment)
    CommentLike.objects.bulk_create([like], ignore_conflicts=True)
    is_new = CommentLike.objects.filter(pk=like.pk).exists()  # on a conflict the older row stays, under its own id
    likes = _add_likes(comment, int(is_new), by_creator=is_creator)
    if is_new and comment.author_id:
        hooks.comment_liked(author_id=comment.author_id, **_about(person_id, comment))
    return LikeState(liked=True, like_count=likes)


@transaction.atomic
def unlike_comment(*, viewer: Viewer, comment_id: int) -> LikeState:
    """Take a like of a comment back; without one nothing changes.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: it is not there, or not for this viewer.
        CommentHeld: it waits for the video's author.
        RateLimited: too many changes in a minute.
    """
    person_id, comment, is_creator = _asked(viewer, comment_id)
    removed, _ = CommentLike.objects.filter(person_id=person_id, comment=comment).delete()
    likes = _add_likes(comment, -removed, by_creator=is_creator)
    if removed and comment.author_id:
        hooks.comment_unliked(author_id=comment.author_id, **_about(person_id, comment))
    return LikeState(liked=False, like_count=likes)


def _asked(viewer: Viewer, comment_id: int) -> tuple[int, Comment, bool]:
    """Who asks, the comment, locked, and whether it is the video's author who asks."""
    person_id = person_id_of(viewer)
    limits.check("comment_like", key=str(person_id), per_minute=CHANGES_PER_MINUTE)
    comment, _, card = threads.lock_shown(viewer, comment_id)
    return person_id, comment, card.author_id == person_id


def _about(person_id: int, comment: Comment) -> dict[str, int]:
    return {"actor_id": person_id, "video_id": comment.video_id, "comment_id": comment.pk}


def _add_likes(comment: Comment, change: int, *, by_creator: bool) -> int:
    """Count a like more or less and tell everyone who has the video open; the number of likes afterwards."""
    if change:
        comment.likes = max(0, comment.likes + change)
        comment.save(update_fields=["likes"])
        told: dict[str, object] = {"like_count": comment.likes}
        if by_creator:
            told["is_liked_by_creator"] = change > 0
        live.comment_changed(comment, **told)
    return comment.likes
