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
from revue.videos import policy
from revue.videos import queries as videos
from revue.videos.contracts import VideoCard

MOST_TOPICS = 20
_VIDEO = "video:"


def allowed_topics(viewer: Viewer, wanted: list[str]) -> list[str]:
    """The bus topics behind what a viewer asks for; what it may not hear is left out.

    With a video for followers or friends comes the topic that tells when the viewer stops to be one; see `bus.recheck`.
    """
    allowed = dict[str, None]()
    for topic in dict.fromkeys(wanted[:MOST_TOPICS]):
        if topic == "me" and viewer.person_id is not None:
            allowed[f"person:{ids.to_short(viewer.person_id)}"] = None
        elif topic.startswith(_VIDEO) and (card := _watchable(viewer, topic.removeprefix(_VIDEO))):
            allowed[topic] = None
            if policy.hangs_on_follows(card.visibility) and viewer.person_id is not None:
                allowed[social.follows_topic(viewer.person_id)] = None
    return list(allowed)


def _watchable(viewer: Viewer, short_id: str) -> VideoCard | None:
    try:
        return videos.card(viewer=viewer, video_id=ids.from_short(short_id))
    except (ids.NotAnId, NotFound):
        return None


@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """Tell the front which topics to stream; 403 when none is left."""
    topics = allowed_topics(accounts.viewer_for(request), request.GET.get("topics", "").split(","))
    if not topics:
        problem = {"type": "about:blank", "status": 403, "code": "no_topics", "title": "There is nothing to listen to."}
        return JsonResponse(
            {**problem, "detail": problem["title"]}, status=403, content_type="application/problem+json"
        )
    return HttpResponse(status=204, headers={"X-Accel-Live": ",".join(topics), "Cache-Control": "no-store"})
