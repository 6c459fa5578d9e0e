"""Likes, follows, shares and comments."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from revue.api.auth import anyone, member, viewer_auth, viewer_of
from revue.api.params import Cursor, Handle, ListLimit, ShortId, id_of, ready
from revue.api.schemas import profiles
from revue.api.schemas import social as schemas
from revue.social import actions, queries
from revue.social.contracts import FollowState, LikeState

router = Router(tags=["social"])


@router.put("/videos/{video_id}/like", auth=member, response=schemas.LikeState)
def like_video(request: HttpRequest, video_id: ShortId) -> LikeState:
    """Like a video; again is the same."""
    return actions.like_video(viewer=viewer_auth(request), video_id=id_of(video_id))


@router.delete("/videos/{video_id}/like", auth=member, response=schemas.LikeState)
def unlike_video(request: HttpRequest, video_id: ShortId) -> LikeState:
    """Take a like back; again is the same."""
    return actions.unlike_video(viewer=viewer_auth(request), video_id=id_of(video_id))


@router.get("/people/{handle}", response=profiles.Profile)
def read_person(request: HttpRequest, handle: Handle) -> HttpResponse:
    """A person's page: profile, numbers, whether the viewer follows them."""
    return ready(profiles.profile(queries.person_page(viewer=viewer_of(request), handle=handle)))


@router.put("/people/{handle}/follow", auth=member, response=schemas.FollowState)
def follow_person(request: HttpRequest, handle: Handle) -> FollowState:
    """Follow a person; again is the same."""
    return actions.follow_person(viewer=viewer_auth(request), handle=handle)


@router.delete("/people/{handle}/follow", auth=member, response=schemas.FollowState)
def unfollow_person(request: HttpRequest, handle: Handle) -> FollowState:
    """Stop following a person; again is the same."""
    return actions.unfollow_person(viewer=viewer_auth(request), handle=handle)


@router.post("/videos/{video_id}/share", auth=anyone, response=schemas.ShareLink)
def share_video(request: HttpRequest, video_id: ShortId, payload: schemas.NewShare) -> dict[str, str]:  # noqa: ARG001
    """The link to a video; counts as a share. Visitors may, with a CSRF token. Events carry the kind of share."""
    return {"url": actions.share_video(viewer=viewer_auth(request), video_id=id_of(video_id))}


@router.get("/videos/{video_id}/comments", response=schemas.CommentPageOut)
def read_comments(request: HttpRequest, video_id: ShortId, cursor: Cursor = "", limit: ListLimit = 20) -> HttpResponse:
    """What people say under a video, newest first."""
    page = queries.comments(viewer=viewer_of(request), video_id=id_of(video_id), cursor=cursor, limit=limit)
    return ready(schemas.comment_page(page))


@router.post("/videos/{video_id}/comments", auth=member, response={201: schemas.Comment})
def write_comment(request: HttpRequest, video_id: ShortId, payload: schemas.NewComment) -> HttpResponse:
    """Say something under a video."""
    view = actions.write_comment(viewer=viewer_auth(request), video_id=id_of(video_id), text=payload.text)
    return ready(schemas.comment(view), status=201)


@router.delete("/comments/{comment_id}", auth=member, response={204: None})
def delete_comment(request: HttpRequest, comment_id: ShortId) -> Status[None]:
    """Delete a comment: its author, the video's author and moderators may."""
    actions.delete_comment(viewer=viewer_auth(request), comment_id=id_of(comment_id))
    return Status(204, None)
