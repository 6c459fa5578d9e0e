"""Likes, follows and shares."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from revue.api.auth import anyone, member, viewer_auth, viewer_of
from revue.api.params import Handle, ShortId, id_of, ready
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
