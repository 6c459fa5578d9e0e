"""What people who have a video open are told at once, shaped like the API's own objects.

What is told of a comment says whose it is, and whose it stands below (`bus.ABOUT`): who is apart from one of them by a
block does not hear it.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from revue.platform import bus, ids
from revue.social import queries
from revue.social.contracts import CommentView
from revue.social.models import Block, Comment

MOST_NAMED: Final = 100  # people of one message


def comment_created(comment: Comment, view: CommentView) -> None:
    """Tell that there is a comment which everybody may read now."""
    _publish(view.video_id, "comment.created", {bus.ABOUT: _by(comment), "comment": _for_everyone(view)})


def comment_held(creator_id: int, view: CommentView) -> None:
    """Tell the video's author alone that a comment waits for them."""
    data = {"video_id": ids.to_short(view.video_id), "comment": _for_everyone(view)}
    bus.publish(f"person:{ids.to_short(creator_id)}", "comment.held", data)


def comment_edited(comment: Comment, view: CommentView) -> None:
    """Tell what a comment says now."""
    told = queries.comment_json(view)
    comment_changed(comment, **{name: told[name] for name in ("text", "mentions", "edited_at")})


def comment_changed(comment: Comment, **changes: object) -> None:
    """Tell what is new about a comment: some fields of the API's `Comment`."""
    _changed(comment, _by(comment), changes)


def replies_counted(root: Comment) -> None:
    """Tell how many replies of a thread everybody sees.

    Who is apart from one of those who answered sees fewer, so those of them are named who are apart from anybody; where
    these are very many, nobody is told.
    """
    shown = Comment.objects.filter(thread=root, deleted_at=None, held_for="")
    is_apart = Exists(Block.objects.filter(Q(blocker=OuterRef("author")) | Q(blocked=OuterRef("author"))))
    people = shown.filter(is_apart).order_by().values_list("author_id", flat=True).distinct()[: MOST_NAMED + 1]
    if len(people) <= MOST_NAMED:
        _changed(root, _by(root, people), {"reply_count": root.replies})


def comment_gone(comment: Comment, *, keeps_thread: bool) -> None:
    """Tell that a comment is gone, and whether what was answered to it stays."""
    thread_id = ids.to_short(comment.thread_id) if comment.thread_id else None
    data: dict[str, object] = {"id": ids.to_short(comment.pk), "thread_id": thread_id, "keeps_thread": keeps_thread}
    _publish(comment.video_id, "comment.deleted", {bus.ABOUT: _by(comment), **data})


def counts_changed(video_id: int, *, likes: int, comments: int) -> None:
    """Tell the new counts."""
    _publish(video_id, "counts", {"like_count": likes, "comment_count": comments})


def ties_changed(person_id: int) -> None:
    """Ask anew whether a person may hear what they listen to: a follow has ended, or a block has begun."""
    bus.recheck(queries.ties_topic(person_id))


def _for_everyone(view: CommentView) -> dict[str, Any]:
    """A comment that says nothing of one viewer: who hears it knows what is theirs."""
    return {**queries.comment_json(view), "is_liked": False, "may_edit": False, "may_delete": False}


def _changed(comment: Comment, about: list[str], changes: dict[str, object]) -> None:
    told = {"id": ids.to_short(comment.pk), **changes}
    _publish(comment.video_id, "comment.changed", {bus.ABOUT: about, "comment": told})


def _by(comment: Comment, others: Iterable[int | None] = ()) -> list[str]:
    """Whose a comment is, whose it stands below, and others that a message tells of; each once."""
    people = {comment.author_id, comment.thread.author_id if comment.thread else None, *others}
    return sorted(ids.to_short(person_id) for person_id in people if person_id is not None)


def _publish(video_id: int, event: str, data: dict[str, object]) -> None:
    bus.publish(f"video:{ids.to_short(video_id)}", event, data)
