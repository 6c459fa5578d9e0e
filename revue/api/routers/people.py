"""Between people: who follows whom and asks to, whom somebody keeps out, and what they let others do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from revue.accounts import actions as accounts_actions
from revue.accounts import queries as accounts
from revue.api.auth import member, viewer_auth, viewer_of
from revue.api.params import Cursor, Handle, ListLimit, Search, ready
from revue.api.schemas import people as schemas
from revue.social import actions, queries
from revue.social.contracts import FollowList, Keeping

router = Router(tags=["people"])


@router.put("/people/{handle}/block", auth=member, response={204: None})
def block_person(request: HttpRequest, handle: Handle) -> Status[None]:
    """Have the viewer and a person find nothing of each other's; follows between them end. Again is the same."""
    actions.block_person(viewer=viewer_auth(request), handle=handle)
    return Status(204, None)


@router.delete("/people/{handle}/block", auth=member, response={204: None})
def unblock_person(request: HttpRequest, handle: Handle) -> Status[None]:
    """Let the two find each other again; again is the same."""
    actions.unblock_person(viewer=viewer_auth(request), handle=handle)
    return Status(204, None)


@router.put("/people/{handle}/mute", auth=member, response={204: None})
def mute_person(request: HttpRequest, handle: Handle) -> Status[None]:
    """Leave a person's videos out of the viewer's feeds; they are not told. Again is the same."""
    actions.mute_person(viewer=viewer_auth(request), handle=handle)
    return Status(204, None)


@router.delete("/people/{handle}/mute", auth=member, response={204: None})
def unmute_person(request: HttpRequest, handle: Handle) -> Status[None]:
    """Have a person's videos stand in the viewer's feeds again; again is the same."""
    actions.unmute_person(viewer=viewer_auth(request), handle=handle)
    return Status(204, None)


@router.put("/people/{handle}/restrict", auth=member, response={204: None})
def restrict_person(request: HttpRequest, handle: Handle) -> Status[None]:
    """Have a person's new comments wait for the viewer's approval; they are not told. Again is the same."""
    actions.restrict_person(viewer=viewer_auth(request), handle=handle)
    return Status(204, None)


@router.delete("/people/{handle}/restrict", auth=member, response={204: None})
def unrestrict_person(request: HttpRequest, handle: Handle) -> Status[None]:
    """Have a person's new comments wait no more; again is the same."""
    actions.unrestrict_person(viewer=viewer_auth(request), handle=handle)
    return Status(204, None)


@router.get("/people/{handle}/followers", response=schemas.PeoplePageOut)
def read_followers(
    request: HttpRequest, handle: Handle, search: Search = "", cursor: Cursor = "", limit: ListLimit = 20
) -> HttpResponse:
    """Who follows a person, the latest first, as far as they show it."""
    return _follow_list(request, handle, FollowList.FOLLOWERS, search, cursor, limit)


@router.get("/people/{handle}/following", response=schemas.PeoplePageOut)
def read_following_list(
    request: HttpRequest, handle: Handle, search: Search = "", cursor: Cursor = "", limit: ListLimit = 20
) -> HttpResponse:
    """Whom a person follows, the latest first, as far as they show it."""
    return _follow_list(request, handle, FollowList.FOLLOWING, search, cursor, limit)


def _follow_list(
    request: HttpRequest, handle: str, which: FollowList, search: str, cursor: str, limit: int
) -> HttpResponse:
    page = queries.follow_list(
        viewer=viewer_of(request), handle=handle, which=which, search=search, cursor=cursor, limit=limit
    )
    return ready(schemas.people_page(page))


@router.delete("/me/followers/{handle}", auth=member, response={204: None})
def remove_follower(request: HttpRequest, handle: Handle) -> Status[None]:
    """Have a person follow the viewer no more; they are not told. Again is the same."""
    actions.remove_follower(viewer=viewer_auth(request), handle=handle)
    return Status(204, None)


@router.get("/me/follow-requests", auth=member, response=schemas.PeoplePageOut)
def read_follow_requests(request: HttpRequest, cursor: Cursor = "", limit: ListLimit = 20) -> HttpResponse:
    """Who has asked to follow the viewer, the latest first."""
    page = queries.follow_requests(viewer=viewer_auth(request), cursor=cursor, limit=limit)
    return ready(schemas.people_page(page))


@router.put("/me/follow-requests/{handle}", auth=member, response={204: None})
def approve_request(request: HttpRequest, handle: Handle) -> Status[None]:
    """Let a person who has asked follow the viewer; again is the same."""
    actions.approve_request(viewer=viewer_auth(request), handle=handle)
    return Status(204, None)


@router.delete("/me/follow-requests/{handle}", auth=member, response={204: None})
def decline_request(request: HttpRequest, handle: Handle) -> Status[None]:
    """Do not let a person who has asked follow the viewer; again is the same."""
    actions.decline_request(viewer=viewer_auth(request), handle=handle)
    return Status(204, None)


@router.get("/me/blocked", auth=member, response=schemas.PeoplePageOut)
def read_blocked(request: HttpRequest, cursor: Cursor = "", limit: ListLimit = 20) -> HttpResponse:
    """Whom the viewer has blocked, the latest first."""
    return _kept(request, Keeping.BLOCKED, cursor, limit)


@router.post("/me/blocked", auth=member, response={204: None})
def block_people(request: HttpRequest, payload: schemas.BlockIn) -> Status[None]:
    """Block up to a hundred people at once; again is the same. Names that nobody has are passed over."""
    actions.block_people(viewer=viewer_auth(request), handles=payload.handles)
    return Status(204, None)


@router.get("/me/muted", auth=member, response=schemas.PeoplePageOut)
def read_muted(request: HttpRequest, cursor: Cursor = "", limit: ListLimit = 20) -> HttpResponse:
    """Whom the viewer has muted, the latest first."""
    return _kept(request, Keeping.MUTED, cursor, limit)


@router.get("/me/restricted", auth=member, response=schemas.PeoplePageOut)
def read_restricted(request: HttpRequest, cursor: Cursor = "", limit: ListLimit = 20) -> HttpResponse:
    """Whom the viewer has restricted, the latest first."""
    return _kept(request, Keeping.RESTRICTED, cursor, limit)


def _kept(request: HttpRequest, keeping: Keeping, cursor: str, limit: int) -> HttpResponse:
    page = queries.kept(viewer=viewer_auth(request), keeping=keeping, cursor=cursor, limit=limit)
    return ready(schemas.people_page(page))


@router.get("/me/privacy", auth=member, response=schemas.PrivacyOut)
def read_privacy(request: HttpRequest) -> dict[str, Any]:
    """What the viewer lets others do and find."""
    return schemas.privacy(accounts.own_privacy(viewer=viewer_auth(request)))


@router.patch("/me/privacy", auth=member, response=schemas.PrivacyOut)
def change_privacy(request: HttpRequest, payload: schemas.PrivacyPatch) -> dict[str, Any]:
    """Change what the viewer lets others do and find. An account that becomes open lets in who has asked to follow."""
    viewer = viewer_auth(request)
    accounts_actions.change_privacy(viewer=viewer, **payload.choices())
    return schemas.privacy(accounts.own_privacy(viewer=viewer))
