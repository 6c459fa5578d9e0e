"""Resumable uploads: a tus 1.0 server over `media.actions` (core, creation, termination, expiration, checksum).

The session cookie says whose upload it is, and as everywhere a change needs the header `X-CSRFToken`.
"""

import base64
import binascii
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.api.errors import BadRequest, MethodNotAllowed, problem
from revue.api.params import id_of
from revue.media import actions
from revue.media.contracts import UploadView
from revue.platform import ids
from revue.platform.errors import RevueError

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration,checksum"
PART_TYPE = "application/offset+octet-stream"
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)


class WrongVersion(RevueError):
    """The client speaks another version of tus."""

    code = "wrong_tus_version"
    status = 412
    title = "Uploads here speak tus 1.0.0."


class WrongPartType(RevueError):
    """A part came with another content type than tus asks for."""

    code = "wrong_part_type"
    status = 415
    title = f"A part of an upload comes as {PART_TYPE}."


def uploads(request: HttpRequest) -> HttpResponse:
    """`POST` starts an upload, `OPTIONS` says what this server can do."""
    return _answer(request, {"POST": _start}, "")


def upload(request: HttpRequest, upload_id: str) -> HttpResponse:
    """`HEAD` asks where to go on, `PATCH` sends a part, `DELETE` forgets the upload."""
    return _answer(request, {"HEAD": _ask, "PATCH": _append, "DELETE": _cancel}, upload_id)


def _answer(
    request: HttpRequest, methods: dict[str, Callable[[HttpRequest, Viewer, str], HttpResponse]], upload_id: str
) -> HttpResponse:
    method = request.method or ""
    if method == "POST":  # some networks let nothing else through
        method = request.headers.get("X-HTTP-Method-Override", method).upper()
    try:
        if method == "OPTIONS":
            response = _options()
        elif method not in methods:
            raise MethodNotAllowed
        elif request.headers.get("Tus-Resumable") != VERSION:
            raise WrongVersion
        else:
            response = methods[method](request, accounts.viewer_for(request), upload_id)
    except RevueError as error:
        response = problem(error)
        if isinstance(error, WrongVersion):
            response["Tus-Version"] = VERSION
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    return response


def _options() -> HttpResponse:
    headers = {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(accounts.instance().max_upload_bytes),
        "Tus-Checksum-Algorithm": ",".join(actions.CHECKSUMS),
    }
    return HttpResponse(status=204, headers=headers)


def _start(request: HttpRequest, viewer: Viewer, _: str) -> HttpResponse:
    made = actions.start_upload(
        viewer=viewer, length_bytes=_number(request, "Upload-Length"), filename=_metadata(request).get("filename", "")
    )
    response = _told(made, status=201)
    response["Location"] = f"{request.path.rstrip('/')}/{ids.to_short(made.id)}"
    return response


def _ask(_: HttpRequest, viewer: Viewer, upload_id: str) -> HttpResponse:
    found = actions.resume_upload(viewer=viewer, upload_id=id_of(upload_id))
    response = _told(found, status=200)
    response["Upload-Length"] = str(found.length_bytes)
    return response


def _append(request: HttpRequest, viewer: Viewer, upload_id: str) -> HttpResponse:
    if request.headers.get("Content-Type") != PART_TYPE:
        raise WrongPartType
    announced = request.headers.get("Content-Length", "")
    reached = actions.append_bytes(
        viewer=viewer,
        upload_id=id_of(upload_id),
        offset=_number(request, "Upload-Offset"),
        stream=request,
        size=int(announced) if _NUMBER.fullmatch(announced) else None,
        checksum=_checksum(request),
    )
    return _told(reached, status=204)


def _cancel(_: HttpRequest, viewer: Viewer, upload_id: str) -> HttpResponse:
    actions.cancel_upload(viewer=viewer, upload_id=id_of(upload_id))
    return HttpResponse(status=204)


def _told(view: UploadView, *, status: int) -> HttpResponse:
    response = HttpResponse(status=status, headers={"Upload-Offset": str(view.offset_bytes)})
    if not view.is_finished:
        response["Upload-Expires"] = http_date(view.expires_at.timestamp())
    return response


def _number(request: HttpRequest, header: str) -> int:
    text = request.headers.get(header, "")
    if not _NUMBER.fullmatch(text):
        raise BadRequest(f"The header {header} must be a whole number.")
    return int(text)


def _metadata(request: HttpRequest) -> dict[str, str]:
    """`Upload-Metadata`: pairs of a name and a value in base64."""
    found = {}
    for pair in filter(None, request.headers.get("Upload-Metadata", "").split(",")):
        name, _, value = pair.strip().partition(" ")
        found[name] = _decoded(value).decode(errors="replace")
    return found


def _checksum(request: HttpRequest) -> tuple[str, bytes] | None:
    """`Upload-Checksum`: an algorithm and the part's digest in base64."""
    text = request.headers.get("Upload-Checksum", "")
    if not text:
        return None
    algorithm, _, digest = text.partition(" ")
    if algorithm not in actions.CHECKSUMS:
        raise BadRequest("This checksum is not one we know.")
    return algorithm, _decoded(digest)


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadRequest("A header holds something that is not base64.") from error
