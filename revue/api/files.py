"""A file in answer to a request: sent by the front, by the bucket, or by Python, whole or one range of it."""

import pathlib
from collections.abc import Callable, Iterator
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header, quote_etag

from revue.platform import ranges, storage
from revue.platform.errors import NotFound

_BLOCK_BYTES: Final = 256 * 1024
_PRIVATE: Final = "private, no-store"


def ranged(
    request: HttpRequest, *, size: int, etag: str, read: Callable[[int, int], Iterator[bytes]]
) -> HttpResponseBase:
    """The answer for `size` bytes that `read(start, end)` gives; 304 and 416 where they are due."""
    etag = quote_etag(etag)
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    headers = {"ETag": etag, "Accept-Ranges": "bytes"}
    try:
        part = ranges.wanted(request.headers.get("Range"), size)
    except ranges.Unsatisfiable:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    start, end = (part.start, part.end) if part else (0, size)
    headers["Content-Length"] = str(end - start)
    if part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return StreamingHttpResponse(read(start, end), status=206 if part else 200, headers=headers)


def stored(request: HttpRequest, key: str, mime: str, *, save_as: str) -> HttpResponseBase:
    """A file of the media storage for one viewer, to be saved under a name.

    Raises:
        NotFound: it has gone meanwhile.
    """
    disposition = content_disposition_header(True, save_as) or "attachment"  # noqa: FBT003 - Django's own order
    if storage.local_path(key).is_file() and settings.MEDIA_SENDER != "python":
        response: HttpResponseBase = HttpResponse(headers={"X-Accel-Redirect": f"/internal-media/{key}"})
    elif (address := storage.signed_url(key, mime, is_public=False, disposition=disposition)) is not None:
        return HttpResponseRedirect(address)
    else:
        response = _read(request, key)
    for name, value in (("Content-Type", mime), ("Content-Disposition", disposition), ("Cache-Control", _PRIVATE)):
        response.headers[name] = value
    return response


def _read(request: HttpRequest, key: str) -> HttpResponseBase:
    try:
        size = storage.size(key)
    except FileNotFoundError as error:
        raise NotFound from error
    return ranged(request, size=size, etag=f"{key}-{size:x}", read=lambda start, end: storage.read(key, start, end))


def ranged_file(request: HttpRequest, path: pathlib.Path, mime: str) -> HttpResponseBase:
    """A file of this machine, for its owner alone.

    Raises:
        NotFound: it has gone meanwhile.
    """
    try:
        about = path.stat()
    except FileNotFoundError as error:
        raise NotFound from error
    etag = f"{about.st_mtime_ns:x}-{about.st_size:x}"
    response = ranged(request, size=about.st_size, etag=etag, read=lambda start, end: _blocks(path, start, end))
    response.headers["Content-Type"] = mime
    response.headers["Cache-Control"] = _PRIVATE
    return response


def _blocks(path: pathlib.Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (block := file.read(min(_BLOCK_BYTES, end - start))):
            start += len(block)
            yield block
