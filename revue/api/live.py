"""Who may listen to what. The front opens the stream; Django only decides, once per connection.

Topics a client may ask for: `me` (its own videos and notices) and `video:<id>` (comments and counts).
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.platform import ids
from revue.platform.errors import NotFound
from revue.social import queries as social
from revue.videos import queries as videos

MOST_TOPICS = 20
_VIDEO = "video:"


def allowed_topics(viewer: Viewer, wanted: list[str]) -> list[str]:
    """The bus topics behind what a viewer asks for; what it may not hear is left out.

    With a video comes the topic that tells when what ties the viewer to others changes; see `bus.recheck`.
    """
    allowed = dict[str, None]()
    for topic in dict.fromkeys(wanted[:MOST_TOPICS]):
        if topic == "me" and viewer.person_id is not None:
            allowed[f"person:{ids.to_short(viewer.person_id)}"] = None
        elif topic.startswith(_VIDEO) and _may_watch(viewer, topic.removeprefix(_VIDEO)):
            allowed[topic] = None
            if viewer.person_id is not None:
                allowed[social.ties_topic(viewer.person_id)] = None
    return list(allowed)


def _may_watch(viewer: Viewer, short_id: str) -> bool:
    try:
        videos.card(viewer=viewer, video_id=ids.from_short(short_id))
    except (ids.NotAnId, NotFound):
        return False
    return True


@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """Tell the front which topics to stream; 403 when none is left."""
    viewer = accounts.viewer_for(request)
    topics = allowed_topics(viewer, request.GET.get("topics", "").split(","))
    if not topics:
        problem = {"type": "about:blank", "status": 403, "code": "no_topics", "title": "There is nothing to listen to."}
        return JsonResponse(
            {**problem, "detail": problem["title"]}, status=403, content_type="application/problem+json"
        )
    headers = {"X-Accel-Live": ",".join(topics), "X-Accel-Live-Without": _unheard_by(viewer)}
    return HttpResponse(status=204, headers={**headers, "Cache-Control": "no-store"})


def _unheard_by(viewer: Viewer) -> str:
    """Whose doings the viewer does not hear of: those from whom a block keeps them."""
    apart = social.apart_from(viewer.person_id) if viewer.person_id is not None else ()
    return ",".join(ids.to_short(person_id) for person_id in sorted(apart))
