"""What is said under videos, as one viewer sees it."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection

from revue.accounts import queries as accounts
from revue.accounts.contracts import PersonCard, Viewer
from revue.platform import ids, paging
from revue.platform.errors import NotFound
from revue.social import policy
from revue.social.contracts import CommentOrder, CommentPage, CommentView, FormerText, Hold, VideoComments
from revue.social.models import Comment, CommentLike, FormerComment
from revue.social.queries import boundaries
from revue.videos import policy as videos_policy
from revue.videos import queries as videos
from revue.videos.contracts import VideoCard

# Comments `c` that one may read who may watch the video, by people `a`: the one place that says so in SQL. What waits
# is read by whoever wrote it and under whose video it is; what was deleted stands while there are replies to it.
_READABLE = f"""
FROM social_comment AS c LEFT JOIN accounts_person AS a ON a.id = c.author_id
WHERE (c.deleted_at IS NULL AND a.is_active AND (c.held_for = '' OR %(viewer)s::bigint IN (c.author_id, %(creator)s))
        OR c.deleted_at IS NOT NULL AND c.replies > 0)
    AND (c.author_id IS NULL OR c.author_id NOT IN {videos_policy.APART})
"""
_THREADS = f"{_READABLE} AND c.video_id = %(video)s AND c.thread_id IS NULL"
_PINNED = f"SELECT c.id {_THREADS} AND c.pinned_at IS NOT NULL ORDER BY c.pinned_at DESC, c.id DESC"
_RANKED = f"SELECT c.id {_THREADS} AND c.pinned_at IS NULL ORDER BY c.relevance DESC, c.id DESC LIMIT %(ranked)s"
_FIRST = f"SELECT ARRAY({_PINNED}) || ARRAY({_RANKED})"
_WANTED = f"SELECT c.* {_THREADS} AND c.id = ANY (%(wanted)s::bigint[])"
_LATER = f"""
SELECT c.* {_THREADS} AND c.id < %(before)s AND NOT c.id = ANY (%(first)s::bigint[])
ORDER BY c.id DESC LIMIT %(limit)s
"""
_REPLIES = f"""
SELECT c.* {_READABLE} AND c.thread_id = %(thread)s AND c.deleted_at IS NULL AND c.id > %(after)s
ORDER BY c.id LIMIT %(limit)s
"""
# Of what was answered in threads and not deleted: what waits and the viewer sees all the same (their own, or under
# their own video), less what everybody sees but they do not, because a block is between them and its author.
_UNLIKE_EVERYBODYS = f"""
SELECT r.thread_id, count(*) FILTER (WHERE r.held_for <> '') - count(*) FILTER (WHERE r.held_for = '')
FROM social_comment AS r
WHERE r.thread_id = ANY (%(threads)s::bigint[]) AND r.deleted_at IS NULL AND CASE
    WHEN r.author_id IN {videos_policy.APART} THEN r.held_for = ''
    ELSE r.held_for <> '' AND %(viewer)s IN (r.author_id, %(creator)s) END
GROUP BY r.thread_id
"""  # noqa: S608 - put together from constants
_Values = dict[str, Any]


def comments(
    *,
    viewer: Viewer,
    video_id: int,
    order: CommentOrder = CommentOrder.RELEVANCE,
    cursor: str = "",
    limit: int = 20,
) -> VideoComments:
    """What people say under a video: what its author has pinned, then the rest in an order, without replies.

    The first page settles which comments come first, and its cursors remember that: whatever happens meanwhile, the
    pages repeat nothing and leave out nothing but what has gone.

    Raises:
        NotFound: the viewer may not watch the video.
        BadCursor: the cursor is not ours or belongs to another list.
    """
    card = videos.card(viewer=viewer, video_id=video_id)
    kind = f"social.comments.{order.value}.{video_id}"
    asked: _Values = {"viewer": viewer.person_id, "creator": card.author_id, "video": video_id}
    place = paging.read(kind, cursor) if cursor else _beginning(asked, order)
    first, at, before = place["first"], place["at"], place["before"]
    wanted = first[at : at + limit]
    rows = {row.pk: row for row in (_rows(_WANTED, {**asked, "wanted": wanted}) if wanted else ())}
    shown, more = [rows[pk] for pk in wanted if pk in rows], at + limit < len(first)
    if not more:  # what comes first ends with this page
        missing = limit - len(wanted)
        later = _rows(_LATER, {**asked, "first": first, "before": before, "limit": missing + 1})
        more, later = len(later) > missing, later[:missing]
        shown, before = [*shown, *later], later[-1].pk if later else before
    after = {"first": first, "at": at + len(wanted), "before": before}
    page = CommentPage(views_of(shown, viewer, card.author_id), paging.sign(kind, after) if more else None)
    return VideoComments(page, videos.may_comment(viewer=viewer, card=card))


def replies(*, viewer: Viewer, comment_id: int, cursor: str = "", limit: int = 3) -> CommentPage:
    """What was answered in a comment's thread, oldest first.

    Raises:
        NotFound: the comment is not there, begins no thread, or is not for the viewer.
        BadCursor: the cursor is not ours or belongs to another thread.
    """
    root = Comment.objects.filter(pk=comment_id, thread=None).first()
    card = _card_of(viewer, root)
    kind = f"social.replies.{comment_id}"
    after = paging.read(kind, cursor)["id"] if cursor else 0
    asked: _Values = {"viewer": viewer.person_id, "creator": card.author_id, "thread": comment_id}
    found = _rows(_REPLIES, {**asked, "after": after, "limit": limit + 1})
    more = paging.sign(kind, {"id": found[limit - 1].pk}) if len(found) > limit else None
    return CommentPage(views_of(found[:limit], viewer, card.author_id), more)


def former_texts(*, viewer: Viewer, comment_id: int) -> list[FormerText]:
    """What a comment said before it was changed, newest first, for whoever may read it.

    Raises:
        NotFound: it is not there, or not for the viewer.
    """
    comment = Comment.objects.filter(pk=comment_id, deleted_at=None).first()
    _card_of(viewer, comment)
    rows = FormerComment.objects.filter(comment_id=comment_id).order_by("-pk")
    return [FormerText(row.text, row.until_at) for row in rows]


def commented_at(*, person_id: int) -> list[tuple[int, datetime.datetime, str]]:
    """(video, time, text) of a person's own comments, for the copy of their data."""
    rows = Comment.objects.filter(author_id=person_id, deleted_at=None).order_by("id")
    return list(rows.values_list("video_id", "made_at", "text"))


def may_read(viewer: Viewer, *comments: Comment, creator_id: int) -> bool:
    """Whether one who may watch a video may read all of these comments under it; the same as `_READABLE`."""
    authors = {comment.author_id for comment in comments if comment.author_id}
    if not all(policy.may_read(viewer, comment, creator_id=creator_id) for comment in comments):
        return False
    return not boundaries.is_apart(viewer.person_id, authors)


def comment_view(*, viewer: Viewer, comment: Comment, creator_id: int) -> CommentView:
    """One comment as a viewer sees it who may."""
    return views_of([comment], viewer, creator_id)[0]


def comment_json(view: CommentView) -> dict[str, Any]:
    """A comment as plain JSON values, the same for the API and for live messages."""
    return {
        "id": ids.to_short(view.id),
        "thread_id": ids.to_short(view.thread_id) if view.thread_id else None,
        "author": _person_json(view.author),
        "text": view.text,
        "mentions": view.mentions,
        "made_at": _time(view.made_at),
        "edited_at": view.edited_at and _time(view.edited_at),
        "like_count": view.like_count,
        "reply_count": view.reply_count,
        "is_liked": view.is_liked,
        "is_liked_by_creator": view.is_liked_by_creator,
        "is_by_creator": view.is_by_creator,
        "is_pinned": view.is_pinned,
        "held_for": view.held_for.value if view.held_for else None,
        "is_deleted": view.is_deleted,
        "may_edit": view.may_edit,
        "may_delete": view.may_delete,
    }


def _beginning(asked: _Values, order: CommentOrder) -> dict[str, Any]:
    """The place before everything: which comments come first, and from which id on the newest follow."""
    ranked = policy.RANKED if order is CommentOrder.RELEVANCE else 0
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, {**asked, "ranked": ranked})
        return {"first": cursor.fetchone()[0], "at": 0, "before": ids.new_id()}


def _rows(statement: str, values: _Values) -> list[Comment]:
    return list(Comment.objects.raw(statement, values))


def _card_of(viewer: Viewer, comment: Comment | None) -> VideoCard:
    """The video of a comment that the viewer may read, with the one that it stands below.

    Raises:
        NotFound: they may not, or it is not there.
    """
    if comment is None:
        raise NotFound("This comment does not exist.")
    card = videos.card(viewer=viewer, video_id=comment.video_id)
    parts = (comment, comment.thread) if comment.thread else (comment,)
    if not may_read(viewer, *parts, creator_id=card.author_id):
        raise NotFound("This comment does not exist.")
    return card


def views_of(found: Sequence[Comment], viewer: Viewer, creator_id: int) -> tuple[CommentView, ...]:
    """Comments under videos of one person, as the viewer sees them. At most five SELECTs, whatever their number."""
    cards = accounts.person_cards({row.author_id for row in found if row.author_id and row.deleted_at is None})
    people = _named(found, viewer)
    likes = _likes([row.pk for row in found if row.likes], {creator_id, viewer.person_id})
    unlike = _unlike_everybodys([row.pk for row in found if row.thread_id is None], viewer, creator_id)
    return tuple(
        CommentView(
            id=row.pk,
            video_id=row.video_id,
            thread_id=row.thread_id,
            author=cards.get(row.author_id) if row.author_id and row.deleted_at is None else None,
            text=row.text,
            mentions=tuple(handle for handle in policy.mentions_in(row.text) if handle in people),
            made_at=row.made_at,
            edited_at=row.edited_at,
            like_count=row.likes,
            reply_count=row.replies + unlike.get(row.pk, 0),
            is_liked=(row.pk, viewer.person_id) in likes,
            is_liked_by_creator=(row.pk, creator_id) in likes,
            is_by_creator=row.author_id == creator_id and row.deleted_at is None,
            is_pinned=row.pinned_at is not None,
            held_for=_told(row, viewer, creator_id),
            is_deleted=row.deleted_at is not None,
            may_edit=policy.is_author(viewer, row) and row.deleted_at is None,
            may_delete=policy.may_delete(viewer, row, creator_id=creator_id) and row.deleted_at is None,
        )
        for row in found
    )


def _named(found: Sequence[Comment], viewer: Viewer) -> set[str]:
    """The handles in some comments that are of people whom the viewer may find."""
    people = accounts.person_ids({handle for row in found for handle in policy.mentions_in(row.text)})
    apart = boundaries.is_apart(viewer.person_id, people.values())
    return {handle for handle, person_id in people.items() if person_id not in apart}


def _likes(comment_ids: Collection[int], person_ids: Iterable[int | None]) -> set[tuple[int, int]]:
    """(comment, person) of those who like one of these comments."""
    if not comment_ids:
        return set()
    people = [person_id for person_id in person_ids if person_id is not None]
    rows = CommentLike.objects.filter(comment_id__in=comment_ids, person_id__in=people)
    return set(rows.values_list("comment_id", "person_id"))


def _unlike_everybodys(thread_ids: list[int], viewer: Viewer, creator_id: int) -> dict[int, int]:
    """By how many replies the viewer sees more, or fewer, than everybody; only of threads where that is so."""
    if viewer.person_id is None or not thread_ids:
        return {}
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"threads": thread_ids, "viewer": viewer.person_id, "creator": creator_id}
        cursor.execute(_UNLIKE_EVERYBODYS, values)
        return dict(cursor.fetchall())


def _told(comment: Comment, viewer: Viewer, creator_id: int) -> Hold | None:
    """Why a comment waits, as far as the viewer is told."""
    hold = Hold(comment.held_for) if comment.held_for else None
    return None if hold is Hold.RESTRICTED and viewer.person_id != creator_id else hold


def _person_json(card: PersonCard | None) -> dict[str, str | None] | None:
    if card is None:
        return None
    return {"id": ids.to_short(card.id), "handle": card.handle, "name": card.name, "avatar_url": card.avatar_url}


def _time(moment: datetime.datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
