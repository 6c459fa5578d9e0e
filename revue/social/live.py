"""What people who have a video open are told at once, shaped like the API's own objects."""

from revue.platform import bus, ids
from revue.social import queries
from revue.social.contracts import CommentView


def comment_created(view: CommentView) -> None:
    """Tell that someone said something. `may_delete` is false: it goes to everyone alike."""
    author = view.author
    _publish(
        view.video_id,
        "comment.created",
        {
            "by": ids.to_short(author.id),  # who is apart from them by a block does not hear it
            "comment": {
                "id": ids.to_short(view.id),
                "author": {
                    "id": ids.to_short(author.id),
                    "handle": author.handle,
                    "name": author.name,
                    "avatar_url": author.avatar_url,
                },
                "text": view.text,
                "made_at": view.made_at.isoformat().replace("+00:00", "Z"),
                "may_delete": False,
            },
        },
    )


def comment_deleted(video_id: int, comment_id: int) -> None:
    """Tell that a comment is gone."""
    _publish(video_id, "comment.deleted", {"id": ids.to_short(comment_id)})


def counts_changed(video_id: int, *, likes: int, comments: int) -> None:
    """Tell the new counts."""
    _publish(video_id, "counts", {"like_count": likes, "comment_count": comments})


def ties_changed(person_id: int) -> None:
    """Ask anew whether a person may hear what they listen to: a follow has ended, or a block has begun."""
    bus.recheck(queries.ties_topic(person_id))


def _publish(video_id: int, event: str, data: dict[str, object]) -> None:
    bus.publish(f"video:{ids.to_short(video_id)}", event, data)
