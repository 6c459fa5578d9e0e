"""Comments: read, say, change, like, pin, and what waits for creators."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from revue.api.auth import member, viewer_auth, viewer_of
from revue.api.params import Cursor, ListLimit, ShortId, id_of, ready
from revue.api.schemas import comments as schemas
from revue.api.schemas.social import LikeState as LikeStateOut
from revue.social import actions, queries
from revue.social.contracts import CommentOrder, LikeState

router = Router(tags=["comments"])
Word = Annotated[str, Query(max_length=200, description="as it stands on the list, or written otherwise")]


@router.get("/videos/{video_id}/comments", response=schemas.VideoCommentsOut)
def read_comments(
    request: HttpRequest,
    video_id: ShortId,
    sort: CommentOrder = CommentOrder.RELEVANCE,
    cursor: Cursor = "",
    limit: ListLimit = 20,
) -> HttpResponse:
    """What people say under a video: what its creator has pinned, then the rest; without replies."""
    viewer = viewer_of(request)
    found = queries.comments(viewer=viewer, video_id=id_of(video_id), order=sort, cursor=cursor, limit=limit)
    return ready(schemas.video_comments(found))


@router.post("/videos/{video_id}/comments", auth=member, response={201: schemas.Comment})
def write_comment(request: HttpRequest, video_id: ShortId, payload: schemas.NewComment) -> HttpResponse:
    """Say something under a video, or in answer to a comment there."""
    view = actions.write_comment(
        viewer=viewer_auth(request),
        video_id=id_of(video_id),
        text=payload.text,
        reply_to=None if payload.reply_to is None else id_of(payload.reply_to),
        key=payload.key,
    )
    return ready(queries.comment_json(view), status=201)


@router.patch("/comments/{comment_id}", auth=member, response=schemas.Comment)
def edit_comment(request: HttpRequest, comment_id: ShortId, payload: schemas.CommentPatch) -> HttpResponse:
    """Put one's own comment in other words; again is the same."""
    view = actions.edit_comment(viewer=viewer_auth(request), comment_id=id_of(comment_id), text=payload.text)
    return ready(queries.comment_json(view))


@router.delete("/comments/{comment_id}", auth=member, response={204: None})
def delete_comment(request: HttpRequest, comment_id: ShortId) -> Status[None]:
    """Delete a comment: its author, the video's author and moderators may. Replies to it stay."""
    actions.delete_comment(viewer=viewer_auth(request), comment_id=id_of(comment_id))
    return Status(204, None)


@router.get("/comments/{comment_id}/replies", response=schemas.CommentPageOut)
def read_replies(request: HttpRequest, comment_id: ShortId, cursor: Cursor = "", limit: ListLimit = 3) -> HttpResponse:
    """What was answered in a comment's thread, oldest first."""
    page = queries.replies(viewer=viewer_of(request), comment_id=id_of(comment_id), cursor=cursor, limit=limit)
    return ready(schemas.comment_page(page))


@router.get("/comments/{comment_id}/edits", response=schemas.CommentEditsOut)
def read_comment_edits(request: HttpRequest, comment_id: ShortId) -> HttpResponse:
    """What a comment said before it was changed."""
    return ready(schemas.edits(queries.former_texts(viewer=viewer_of(request), comment_id=id_of(comment_id))))


@router.put("/comments/{comment_id}/like", auth=member, response=LikeStateOut)
def like_comment(request: HttpRequest, comment_id: ShortId) -> LikeState:
    """Like a comment; again is the same."""
    return actions.like_comment(viewer=viewer_auth(request), comment_id=id_of(comment_id))


@router.delete("/comments/{comment_id}/like", auth=member, response=LikeStateOut)
def unlike_comment(request: HttpRequest, comment_id: ShortId) -> LikeState:
    """Take a like of a comment back; again is the same."""
    return actions.unlike_comment(viewer=viewer_auth(request), comment_id=id_of(comment_id))


@router.put("/comments/{comment_id}/pin", auth=member, response=schemas.Comment)
def pin_comment(request: HttpRequest, comment_id: ShortId) -> HttpResponse:
    """Put a comment first under one's own video, up to three of them; again is the same."""
    return ready(queries.comment_json(actions.pin_comment(viewer=viewer_auth(request), comment_id=id_of(comment_id))))


@router.delete("/comments/{comment_id}/pin", auth=member, response=schemas.Comment)
def unpin_comment(request: HttpRequest, comment_id: ShortId) -> HttpResponse:
    """Let a comment under one's own video stand where it belongs; again is the same."""
    return ready(queries.comment_json(actions.unpin_comment(viewer=viewer_auth(request), comment_id=id_of(comment_id))))


@router.post("/me/comments/many", auth=member, response=schemas.ManyCommentsOut)
def change_comments(request: HttpRequest, payload: schemas.ManyCommentsIn) -> HttpResponse:
    """Approve or delete several comments: each by itself, and what refuses says why. All of it may be sent again."""
    comment_ids = [id_of(comment_id) for comment_id in payload.ids]
    outcomes = actions.change_comments(viewer=viewer_auth(request), comment_ids=comment_ids, change=payload.change)
    return ready(schemas.many(outcomes))


@router.get("/me/comments/held", auth=member, response=schemas.HeldPageOut)
def read_held_comments(request: HttpRequest, cursor: Cursor = "", limit: ListLimit = 20) -> HttpResponse:
    """Comments under the viewer's videos that wait for them, newest first."""
    return ready(schemas.held_page(queries.held_comments(viewer=viewer_auth(request), cursor=cursor, limit=limit)))


@router.get("/me/comments/rules", auth=member, response=schemas.RulesOut)
def read_comment_rules(request: HttpRequest) -> HttpResponse:
    """Which comments under the viewer's videos wait until they have read them."""
    return ready(schemas.rules(queries.comment_rules(viewer=viewer_auth(request))))


@router.patch("/me/comments/rules", auth=member, response=schemas.RulesOut)
def set_comment_rules(request: HttpRequest, payload: schemas.RulesPatch) -> HttpResponse:
    """Have all comments wait, or only those that say one of the viewer's words; again is the same."""
    rules = actions.set_approves_first(viewer=viewer_auth(request), approves_first=payload.approves_first)
    return ready(schemas.rules(rules))


@router.post("/me/comments/rules/words", auth=member, response=schemas.RulesOut)
def add_filter_words(request: HttpRequest, payload: schemas.FilterWordsIn) -> HttpResponse:
    """Have comments wait that say one of these words; again is the same."""
    return ready(schemas.rules(actions.add_filter_words(viewer=viewer_auth(request), words=payload.words)))


@router.delete("/me/comments/rules/words", auth=member, response=schemas.RulesOut)
def remove_filter_word(request: HttpRequest, word: Word) -> HttpResponse:
    """Take a word off the list; again is the same."""
    return ready(schemas.rules(actions.remove_filter_word(viewer=viewer_auth(request), word=word)))
