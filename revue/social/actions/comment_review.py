"""What waits for a video's author, and several comments at once."""

from collections.abc import Callable, Sequence
from typing import Final

from django.db import transaction

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.platform.errors import NotAllowed, RevueError
from revue.social.actions import threads
from revue.social.actions.comments import announce, delete_comment
from revue.social.contracts import CommentBulk, CommentOutcome
from revue.social.queries.comments import comment_view


@transaction.atomic
def approve_comment(*, viewer: Viewer, comment_id: int) -> None:
    """Let everybody see a comment that waited under the viewer's own video; again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: it is not there, or not for this viewer.
        NotAllowed: the video is somebody else's.
    """
    comment, root, card = threads.lock_for(viewer, comment_id)
    if viewer.person_id != card.author_id:
        raise NotAllowed("Only the creator of the video approves comments.")
    if not comment.held_for:
        return
    with threads.counting(root):
        threads.wait(comment, root, None)
        comment.save(update_fields=["held_for"])
    announce(comment_view(viewer=viewer, comment=comment, creator_id=card.author_id), comment, card.author_id)


_MOVES: Final[dict[CommentBulk, Callable[..., None]]] = {
    CommentBulk.APPROVE: approve_comment,
    CommentBulk.DELETE: delete_comment,
}


def change_comments(*, viewer: Viewer, comment_ids: Sequence[int], change: CommentBulk) -> list[CommentOutcome]:
    """Approve or delete several comments, in the order given: each by itself, and all of it may be sent again.

    Args:
        viewer: who asks.
        comment_ids: which, each once; at most `policy.MOST_AT_ONCE`.
        change: what is done.

    Returns:
        What became of each, in that order: those that refuse say why and are as they were.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    person_id_of(viewer)
    return [_outcome(viewer, comment_id, change) for comment_id in dict.fromkeys(comment_ids)]


def _outcome(viewer: Viewer, comment_id: int, change: CommentBulk) -> CommentOutcome:
    try:
        _MOVES[change](viewer=viewer, comment_id=comment_id)
    except RevueError as error:
        return CommentOutcome(comment_id, error)
    return CommentOutcome(comment_id)
