"""Uploads that go to the bucket by signed addresses, where there is one. Others go by tus, see `revue.api.tus`."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from revue.api.auth import member, viewer_auth
from revue.api.params import ShortId, id_of, ready
from revue.api.schemas import uploads as schemas
from revue.media import actions

router = Router(tags=["uploads"])


@router.post("/direct-uploads", auth=member, response={201: schemas.DirectUploadOut})
def start_direct_upload(request: HttpRequest, payload: schemas.NewUpload) -> HttpResponse:
    """Make room for a file in the bucket; the answer says where its first parts go."""
    made = actions.start_direct(
        viewer=viewer_auth(request), length_bytes=payload.length_bytes, filename=payload.filename
    )
    return ready(schemas.direct(made), status=201)


@router.get("/direct-uploads/{upload_id}", auth=member, response=schemas.DirectUploadOut)
def read_direct_upload(request: HttpRequest, upload_id: ShortId) -> HttpResponse:
    """What is missing, and where it goes, with fresh addresses."""
    return ready(schemas.direct(actions.resume_direct(viewer=viewer_auth(request), upload_id=id_of(upload_id))))


@router.post("/direct-uploads/{upload_id}/finish", auth=member, response=schemas.DirectUploadOut)
def finish_direct_upload(request: HttpRequest, upload_id: ShortId) -> HttpResponse:
    """Close an upload whose parts are all in the bucket; again is the same."""
    return ready(schemas.direct(actions.finish_direct(viewer=viewer_auth(request), upload_id=id_of(upload_id))))


@router.delete("/direct-uploads/{upload_id}", auth=member, response={204: None})
def cancel_direct_upload(request: HttpRequest, upload_id: ShortId) -> Status[None]:
    """Forget an upload and what came of it."""
    actions.cancel_upload(viewer=viewer_auth(request), upload_id=id_of(upload_id))
    return Status(204, None)
