"""The session and one's own profile. Signing up, in and out is allauth's API under `/_allauth/browser/v1/`."""

from typing import Any, BinaryIO, cast

from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.middleware.csrf import get_token
from ninja import Router

from revue.accounts import actions, queries
from revue.accounts.contracts import Me, Viewer
from revue.accounts.errors import BadImage
from revue.api.auth import member, viewer_auth, viewer_of
from revue.api.schemas import accounts as schemas
from revue.platform.errors import SignInNeeded

router = Router(tags=["accounts"])
_FILE = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}
_AVATAR_BODY = {"required": True, "content": {"multipart/form-data": {"schema": _FILE}}}


@router.get("/session", response=schemas.Session)
def read_session(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, the CSRF token for changes, and what this instance is."""
    person = queries.me(viewer=viewer_of(request))
    return {
        "person": schemas.me(person) if person else None,
        "csrf_token": get_token(request),
        "instance": schemas.instance(queries.instance()),
    }


@router.patch("/me/profile", response=schemas.MeOut, auth=member)
def update_profile(request: HttpRequest, changes: schemas.ProfilePatch) -> dict[str, Any]:
    """Change name, bio, links or handle."""
    viewer = viewer_auth(request)
    actions.update_profile(
        viewer=viewer,
        name=changes.name,
        bio=changes.bio,
        links=changes.contract_links(),
        handle=changes.handle,
    )
    return schemas.me(_myself(viewer))


@router.put("/me/avatar", response=schemas.MeOut, auth=member, openapi_extra={"requestBody": _AVATAR_BODY})
def set_avatar(request: HttpRequest) -> dict[str, Any]:
    """Show a JPEG, PNG or WebP picture of at most 10 MB beside one's name, cropped to its middle square."""
    viewer = viewer_auth(request)
    actions.set_avatar(viewer=viewer, image=_file(request))
    return schemas.me(_myself(viewer))


@router.delete("/me/avatar", response=schemas.MeOut, auth=member)
def clear_avatar(request: HttpRequest) -> dict[str, Any]:
    """Show no picture."""
    viewer = viewer_auth(request)
    actions.clear_avatar(viewer=viewer)
    return schemas.me(_myself(viewer))


def _file(request: HttpRequest) -> BinaryIO:
    """The part named `file` of a multipart body. Django parses those by itself for POST only.

    Raises:
        BadImage: there is no such part.
    """
    try:
        _, files = MultiPartParser(request.META, request, request.upload_handlers).parse()
    except MultiPartParserError as error:
        raise BadImage from error
    uploaded = files.get("file")
    if uploaded is None:
        raise BadImage
    return cast("BinaryIO", uploaded)  # Django's wrapper reads like a file


def _myself(viewer: Viewer) -> Me:
    """The viewer's account after a change.

    Raises:
        SignInNeeded: it was closed meanwhile.
    """
    person = queries.me(viewer=viewer)
    if person is None:
        raise SignInNeeded
    return person
