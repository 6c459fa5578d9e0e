"""What is said under videos."""

import datetime

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.platform import paging
from revue.social import policy
from revue.social.contracts import CommentPage, CommentView
from revue.social.models import Comment
from revue.social.queries.boundaries import not_apart
from revue.videos import queries as videos


def comments(*, viewer: Viewer, video_id: int, cursor: str = "", limit: int = 20) -> CommentPage:
    """What people say under a video, newest first.

    Raises:
        NotFound: the viewer may not watch the video.
        BadCursor: the cursor is not ours or belongs to another video.
    """
    card = videos.card(viewer=viewer, video_id=video_id)
    kind = f"social.comments.{video_id}"
    rows = Comment.objects.filter(not_apart(viewer.person_id, "author_id"), video_id=video_id, deleted_at=None)
    rows = rows.order_by("-id")
    if cursor:
        rows = rows.filter(id__lt=paging.read(kind, cursor)["id"])
    found = list(rows[: limit + 1])
    views = _views(found[:limit], viewer=viewer, video_author_id=card.author.id)
    more = len(found) > limit
    return CommentPage(views, paging.sign(kind, {"id": found[limit - 1].id}) if more else None)


def commented_at(*, person_id: int) -> list[tuple[int, datetime.datetime, str]]:
    """(video, time, text) of a person's own comments, for the copy of their data."""
    rows = Comment.objects.filter(author_id=person_id, deleted_at=None).order_by("id")
    return list(rows.values_list("video_id", "made_at", "text"))


def _views(found: list[Comment], *, viewer: Viewer, video_author_id: int) -> tuple[CommentView, ...]:
    """The comments of active people, as the viewer sees them."""
    cards = accounts.person_cards({comment.author_id for comment in found})
    return tuple(
        CommentView(
            id=comment.id,
            video_id=comment.video_id,
            author=cards[comment.author_id],
            text=comment.text,
            made_at=comment.made_at,
            may_delete=policy.may_delete_comment(viewer, author_id=comment.author_id, video_author_id=video_author_id),
        )
        for comment in found
        if comment.author_id in cards
    )
