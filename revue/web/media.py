"""Who may have which media bytes. The front (or nginx) sends them; without either, Python does."""

import mimetypes
import pathlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from revue.accounts import queries as accounts
from revue.api.files import ranged
from revue.platform import ids, storage
from revue.videos import queries as videos
from revue.videos.contracts import MediaAccess

PUBLIC = "public, max-age=31536000, immutable"
PRIVATE = "private, no-store"
_TYPES = {
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".m4a": "audio/mp4",
    ".m4s": "video/mp4",
    ".m3u8": "application/vnd.apple.mpegurl",
}


def serve(request: HttpRequest, key: str) -> HttpResponseBase:
    """Answer for one file of the media storage, or 404 for what is not there or not for this viewer."""
    prefix, _, rest = key.partition("/")
    if prefix in ("avatars", "starter"):
        cache = PUBLIC
    elif prefix == "clips":
        cache = _clip_cache(request, *rest.split("/", 1))
    else:  # originals and everything else that is kept there
        raise Http404
    kind = _TYPES.get(pathlib.PurePosixPath(key).suffix) or _guess(key)
    try:
        response = _answer(request, key, kind, is_public=cache == PUBLIC)
    except (storage.BadKey, FileNotFoundError) as error:
        raise Http404 from error
    response.headers.setdefault("Cache-Control", cache)
    return response


def _answer(request: HttpRequest, key: str, kind: str, *, is_public: bool) -> HttpResponseBase:
    """The bytes from this machine's folder, the way to the bucket, or the bucket's bytes through us."""
    if storage.local_path(key).is_file():
        response = _sender(request, key)
    elif (address := _address(key, kind, is_public=is_public)) is not None:
        response = HttpResponseRedirect(address)
        if is_public:  # while the address is good; what is behind it may be kept for ever
            response.headers["Cache-Control"] = f"public, max-age={storage.SHARED_STEP_S}"
        return response
    else:
        response = _send_in_python(request, key)
    response.headers["Content-Type"] = kind
    return response


def _address(key: str, kind: str, *, is_public: bool) -> str | None:
    """The bucket's own address of a file; None for playlists, whose lines are addresses beside ours."""
    return None if key.endswith(".m3u8") else storage.signed_url(key, kind, is_public=is_public)


def _clip_cache(request: HttpRequest, clip: str, name: str = "") -> str:
    try:
        clip_id = ids.from_short(clip)
    except ids.NotAnId as error:
        raise Http404 from error
    access = videos.media_access(viewer=accounts.viewer_for(request), clip_id=clip_id, name=name)
    if access is MediaAccess.DENIED:
        raise Http404
    return PUBLIC if access is MediaAccess.PUBLIC else PRIVATE


def _guess(key: str) -> str:
    return mimetypes.guess_type(key)[0] or "application/octet-stream"


def _sender(request: HttpRequest, key: str) -> HttpResponseBase:
    if settings.MEDIA_SENDER != "python":
        return HttpResponse(headers={"X-Accel-Redirect": f"/internal-media/{key}"})
    return _send_in_python(request, key)


def _send_in_python(request: HttpRequest, key: str) -> HttpResponseBase:
    """The whole file, or one range of it, for servers that know no X-Accel-Redirect."""
    size = storage.size(key)
    return ranged(request, size=size, etag=f"{key}-{size:x}", read=lambda start, end: storage.read(key, start, end))
