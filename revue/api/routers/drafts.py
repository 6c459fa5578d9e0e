"""Drafts: what one is about to post, on every device. Bytes go as those of any upload, see `revue.api.tus`."""

import uuid
from typing import Annotated

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from ninja import Path, Router, Status

from revue.api.auth import member, viewer_auth
from revue.api.files import ranged_file
from revue.api.params import ShortId, id_of, ready
from revue.api.schemas import drafts as schemas
from revue.videos import actions, queries

router = Router(tags=["drafts"])
Key = Annotated[uuid.UUID, Path(description="a UUID that the client makes up; a draft is begun by saving it")]


@router.get("/me/drafts", auth=member, response=schemas.DraftsOut)
def read_drafts(request: HttpRequest) -> HttpResponse:
    """All of the viewer's drafts, the last changed first."""
    found = queries.drafts(viewer=viewer_auth(request))
    return ready({"items": [schemas.draft(one) for one in found]})


@router.get("/me/drafts/{draft_id}", auth=member, response=schemas.DraftOut)
def read_draft(request: HttpRequest, draft_id: Key) -> HttpResponse:
    """One of the viewer's drafts."""
    return ready(schemas.draft(queries.draft(viewer=viewer_auth(request), key=draft_id)))


@router.put("/me/drafts/{draft_id}", auth=member, response=schemas.DraftOut)
def save_draft(request: HttpRequest, draft_id: Key, payload: schemas.DraftIn) -> HttpResponse:
    """Begin a draft, or put this in its place; again is the same. The last one to save wins."""
    viewer = viewer_auth(request)
    actions.save_draft(viewer=viewer, key=draft_id, content=payload.content())
    return ready(schemas.draft(queries.draft(viewer=viewer, key=draft_id)))


@router.delete("/me/drafts/{draft_id}", auth=member, response={204: None})
def delete_draft(request: HttpRequest, draft_id: Key) -> Status[None]:
    """Delete a draft with its files; again is the same."""
    actions.delete_draft(viewer=viewer_auth(request), key=draft_id)
    return Status(204, None)


@router.get("/me/drafts/{draft_id}/files/{upload_id}", auth=member)
def read_draft_file(request: HttpRequest, draft_id: Key, upload_id: ShortId) -> HttpResponseBase:
    """A file of a draft as it was sent, whole or in ranges, for its author's eyes."""
    source = queries.draft_file(viewer=viewer_auth(request), key=draft_id, upload_id=id_of(upload_id))
    if source.path is None:
        return HttpResponseRedirect(source.address)
    return ranged_file(request, source.path, source.mime)
