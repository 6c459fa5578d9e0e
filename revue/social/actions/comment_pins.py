"""Which comments stand first under a video, because its author wants it."""

from django.db import connection, transaction

from revue.accounts.contracts import Viewer
from revue.platform import clock
from revue.platform.errors import NotAllowed
from revue.social import live, policy
from revue.social.actions import threads
from revue.social.contracts import CommentView
from revue.social.errors import TooManyPinnedComments
from revue.social.models import Comment
from revue.social.queries.comments import comment_view


def pin_comment(*, viewer: Viewer, comment_id: int) -> CommentView:
    """Put a comment first under the viewer's own video; again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: it is not there, or not for this viewer.
        NotAllowed: the video is somebody else's, or the comment a reply.
        CommentHeld: it is to be approved first.
        TooManyPinnedComments: three others are pinned.
    """
    return _pin(viewer, comment_id, is_pinned=True)


def unpin_comment(*, viewer: Viewer, comment_id: int) -> CommentView:
    """Let a comment under the viewer's own video stand where it belongs; again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: it is not there, or not for this viewer.
        NotAllowed: the video is somebody else's, or the comment a reply.
        CommentHeld: it is to be approved first.
    """
    return _pin(viewer, comment_id, is_pinned=False)


@transaction.atomic
def _pin(viewer: Viewer, comment_id: int, *, is_pinned: bool) -> CommentView:
    video_id = Comment.objects.filter(pk=comment_id).values_list("video_id", flat=True).first()
    with connection.cursor() as cursor:  # one after the other, or two could both find room for one
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [video_id or 0])
    comment, root, card = threads.lock_shown(viewer, comment_id)
    if viewer.person_id != card.author_id:
        raise NotAllowed("Only the creator of the video pins comments.")
    if comment is not root:
        raise NotAllowed("A reply cannot be pinned.")
    if is_pinned != (comment.pinned_at is not None):
        _require_room(comment, is_pinned=is_pinned)
        comment.pinned_at = clock.now() if is_pinned else None
        comment.save(update_fields=["pinned_at"])
        live.comment_changed(comment, is_pinned=is_pinned)
    return comment_view(viewer=viewer, comment=comment, creator_id=card.author_id)


def _require_room(comment: Comment, *, is_pinned: bool) -> None:
    pinned = Comment.objects.filter(video_id=comment.video_id, pinned_at__isnull=False)
    if is_pinned and pinned.count() >= policy.MOST_PINNED:
        raise TooManyPinnedComments
