"""What people who have a video open are told at once, shaped like the API's own objects.

What is told of a comment names its author under `by`: who is apart from them by a block does not hear it.
"""

from typing import Any

from revue.accounts.contracts import PersonCard
from revue.platform import bus, ids
from revue.social import queries
from revue.social.contracts import CommentView
from revue.social.models import Comment


def comment_created(view: CommentView) -> None:
    """Tell that there is a comment which everybody may read now."""
    _publish(view.video_id, "comment.created", {"by": _by(view.author), "comment": _for_everyone(view)})


def comment_held(creator_id: int, view: CommentView) -> None:
    """Tell the video's author alone that a comment waits for them."""
    data = {"video_id": ids.to_short(view.video_id), "comment": _for_everyone(view)}
    bus.publish(f"person:{ids.to_short(creator_id)}", "comment.held", data)


def comment_edited(view: CommentView) -> None:
    """Tell what a comment says now."""
    told = queries.comment_json(view)
    changes = {name: told[name] for name in ("text", "mentions", "edited_at")}
    _changed(view.video_id, view.id, _by(view.author), changes)


def comment_changed(comment: Comment, **changes: object) -> None:
    """Tell what is new about a comment: some fields of the API's `Comment`."""
    by = ids.to_short(comment.author_id) if comment.author_id else None
    _changed(comment.video_id, comment.pk, by, changes)


def comment_gone(comment: Comment, *, keeps_thread: bool) -> None:
    """Tell that a comment is gone, and whether what was answered to it stays."""
    thread_id = ids.to_short(comment.thread_id) if comment.thread_id else None
    data: dict[str, object] = {"id": ids.to_short(comment.pk), "thread_id": thread_id, "keeps_thread": keeps_thread}
    _publish(comment.video_id, "comment.deleted", data)


def counts_changed(video_id: int, *, likes: int, comments: int) -> None:
    """Tell the new counts."""
    _publish(video_id, "counts", {"like_count": likes, "comment_count": comments})


def ties_changed(person_id: int) -> None:
    """Ask anew whether a person may hear what they listen to: a follow has ended, or a block has begun."""
    bus.recheck(queries.ties_topic(person_id))


def _for_everyone(view: CommentView) -> dict[str, Any]:
    """A comment that says nothing of one viewer: who hears it knows what is theirs."""
    return {**queries.comment_json(view), "is_liked": False, "may_edit": False, "may_delete": False}


def _changed(video_id: int, comment_id: int, by: str | None, changes: dict[str, object]) -> None:
    comment = {"id": ids.to_short(comment_id), **changes}
    _publish(video_id, "comment.changed", {"by": by, "comment": comment})


def _by(author: PersonCard | None) -> str | None:
    return ids.to_short(author.id) if author else None


def _publish(video_id: int, event: str, data: dict[str, object]) -> None:
    bus.publish(f"video:{ids.to_short(video_id)}", event, data)
