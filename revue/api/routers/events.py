"""Where clients report what was watched, in batches, also by `navigator.sendBeacon`."""

import orjson
from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status
from ninja.utils import check_csrf

from revue.accounts.contracts import Viewer
from revue.api.auth import viewer_of
from revue.api.errors import CsrfFailed
from revue.api.schemas import events as schemas
from revue.events import actions
from revue.events.contracts import Event, Receipt
from revue.platform import ids, limits

router = Router(tags=["events"])
_UNKNOWN_VIDEO = 0
_TEXT_BODY = {
    "requestBody": {"content": {"text/plain": {"schema": {"$ref": "#/components/schemas/WatchEvents"}}}},
}


@router.post("/events", response={202: schemas.EventsReceipt}, openapi_extra=_TEXT_BODY)
def report_events(request: HttpRequest, payload: schemas.WatchEvents) -> Status[Receipt]:
    """Report what was watched. Visitors may; repeating a batch changes nothing.

    A page that closes can only send `text/plain` and no header of its own, so this address takes a request that the
    browser itself says comes from our pages (`Sec-Fetch-Site`, `Origin`) in place of the CSRF header.
    """
    if not _from_our_pages(request) and check_csrf(request) is not None:
        raise CsrfFailed
    viewer = viewer_of(request)
    limits.check("events", key=_who(request, viewer), per_minute=240)
    receipt = actions.record_events(viewer=viewer, events=[_event(item) for item in payload.events])
    return Status(202, receipt)


def _from_our_pages(request: HttpRequest) -> bool:
    """Whether the browser says that the request comes from this very site; it lets no page forge these headers."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is not None and origin in (
        f"{request.scheme}://{request.get_host()}",
        *settings.CSRF_TRUSTED_ORIGINS,
    )


def _who(request: HttpRequest, viewer: Viewer) -> str:
    """The name that the rate limit counts under."""
    if viewer.person_id is not None:
        return f"person:{viewer.person_id}"
    return f"session:{viewer.session_key}" if viewer.session_key else f"address:{request.META.get('REMOTE_ADDR', '')}"


def _event(item: schemas.WatchEvent) -> Event:
    try:
        video_id = ids.from_short(item.video_id)
    except ids.NotAnId:
        video_id = _UNKNOWN_VIDEO
    return Event(
        id=item.id,
        kind=item.kind,
        video_id=video_id,
        at_ms=item.at_ms,
        position=item.position,
        source=item.source,
        session=item.session,
        propensity=item.propensity,
        model_version=item.model_version,
        watch_ms=item.watch_ms,
        loops=item.loops,
        max_pos_ms=item.max_pos_ms,
        data=orjson.dumps(item.data).decode() if item.data else "",
    )
