"""Comments and their threads, held while they are changed, and counted by what everybody sees.

Locks are taken in one order: the comment that begins a thread, one below it, the video's counters.
"""

import contextlib
from collections.abc import Iterator

from django.db.models import F, Q

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.events import actions as events
from revue.platform.errors import NotFound
from revue.social import live
from revue.social.contracts import Hold
from revue.social.errors import CommentHeld
from revue.social.models import Comment
from revue.social.queries.comments import may_read
from revue.videos import queries as videos
from revue.videos.contracts import VideoCard


def lock(comment_id: int) -> tuple[Comment, Comment]:
    """A comment and the one that begins its thread (itself, perhaps), locked until the transaction ends.

    Raises:
        NotFound: it is not there, or is deleted.
    """
    thread_id = Comment.objects.filter(pk=comment_id).values_list("thread_id", flat=True).first()
    rows = Comment.objects.select_for_update().filter(Q(pk=comment_id) | Q(pk=thread_id))
    found = {row.pk: row for row in rows.order_by(F("thread_id").asc(nulls_first=True))}
    comment = found.get(comment_id)
    if comment is None or comment.deleted_at is not None:
        raise NotFound("This comment does not exist.")
    root = found[comment.thread_id or comment_id]
    comment.thread = None if comment is root else root
    return comment, root


def lock_for(viewer: Viewer, comment_id: int) -> tuple[Comment, Comment, VideoCard]:
    """The same for one who is signed in and may read it, with the card of its video.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: it is not there, or not for this viewer.
    """
    person_id_of(viewer)
    comment, root = lock(comment_id)
    card = videos.card(viewer=viewer, video_id=comment.video_id)
    if not may_read(viewer, root, comment, creator_id=card.author_id):
        raise NotFound("This comment does not exist.")
    return comment, root, card


def lock_shown(viewer: Viewer, comment_id: int) -> tuple[Comment, Comment, VideoCard]:
    """The same of what everybody sees.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: it is not there, or not for this viewer.
        CommentHeld: it waits for the video's author.
    """
    comment, root, card = lock_for(viewer, comment_id)
    if comment.held_for or root.held_for:
        raise CommentHeld
    return comment, root, card


@contextlib.contextmanager
def counting(root: Comment) -> Iterator[None]:
    """Count anew what the block changes of a thread, whose first comment is locked; saves its number of replies.

    Comments are saved in the block: who answered, and so who is not told the number, is read from their rows.
    """
    shown, replies = _shown(root), root.replies
    yield
    if root.replies != replies:
        root.save(update_fields=["replies"])
        if not root.held_for:
            live.replies_counted(root)
    if _shown(root) != shown:
        count(root.video_id, _shown(root) - shown)


def count(video_id: int, change: int) -> None:
    """Count comments that everybody sees, more or fewer, and tell everyone who has the video open."""
    likes, comments, _ = events.add_social(video_id=video_id, comments=change)
    live.counts_changed(video_id, likes=likes, comments=comments)


def wait(comment: Comment, root: Comment, why: Hold | None) -> None:
    """Have a comment wait for the video's author, or no more; inside `counting`, and not saved here."""
    if comment is not root:
        root.replies += bool(comment.held_for) - bool(why)
    comment.held_for = why.value if why else ""
    comment.pinned_at = None if why else comment.pinned_at


def _shown(root: Comment) -> int:
    """How many comments of a thread everybody sees. While its first one waits, none of those below it is shown."""
    return 0 if root.held_for else root.replies + (root.deleted_at is None)
