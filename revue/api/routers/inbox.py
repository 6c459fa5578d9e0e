"""What people are told: the list, how much of it is unread, what they want to hear of, and how."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import Query, Router, Status

from revue.accounts.policy import person_id_of
from revue.api.auth import member, viewer_auth
from revue.api.params import Cursor, ListLimit, id_of, ready
from revue.api.schemas import inbox as schemas
from revue.inbox.notifications import actions, preferences, queries
from revue.inbox.notifications.contracts import NoticeTopic
from revue.inbox.push import actions as push
from revue.inbox.push import queries as push_queries

router = Router(tags=["inbox"])
Only = Annotated[NoticeTopic | None, Query(description="notices of this topic; left out: all")]


@router.get("/me/inbox", auth=member, response=schemas.NoticePageOut)
def read_inbox(request: HttpRequest, topic: Only = None, cursor: Cursor = "", limit: ListLimit = 20) -> HttpResponse:
    """What the viewer is told, newest first. Reading the list marks nothing as read."""
    topics = (topic,) if topic is not None else tuple(NoticeTopic)
    return ready(schemas.page(queries.page(viewer=viewer_auth(request), topics=topics, cursor=cursor, limit=limit)))


@router.get("/me/inbox/unread", auth=member, response=schemas.Unread)
def read_unread(request: HttpRequest) -> HttpResponse:
    """How much of it is unread. The stream `me` tells changes as the event `inbox`."""
    return ready({"unread": queries.unread(person_id=person_id_of(viewer_auth(request)))})


@router.post("/me/inbox/read", auth=member, response=schemas.Unread)
def mark_inbox_read(request: HttpRequest, payload: schemas.ReadUpTo) -> HttpResponse:
    """Mark everything up to a notice as read; again is the same."""
    return ready({"unread": actions.mark_read(viewer=viewer_auth(request), up_to=id_of(payload.up_to))})


@router.get("/me/inbox/settings", auth=member, response=schemas.PreferencesOut)
def read_inbox_settings(request: HttpRequest) -> HttpResponse:
    """What the viewer wants to be told, and how."""
    return _preferences(request)


@router.patch("/me/inbox/settings", auth=member, response=schemas.PreferencesOut)
def set_inbox_settings(request: HttpRequest, payload: schemas.PreferencesPatch) -> HttpResponse:
    """Change what the viewer wants to be told, and how."""
    preferences.change(viewer=viewer_auth(request), language=translation.get_language(), **payload.changes())
    return _preferences(request)


@router.put("/me/inbox/push", auth=member, response={204: None})
def subscribe_push(request: HttpRequest, payload: schemas.NewSubscription) -> Status[None]:
    """Tell this browser by push, for as long as the viewer is signed in with it; again is the same."""
    viewer = viewer_auth(request)
    push.subscribe(
        viewer=viewer,
        endpoint=payload.endpoint,
        public_key=payload.p256dh,
        auth=payload.auth,
        language=translation.get_language(),
    )
    return Status(204, None)


@router.post("/me/inbox/push/end", auth=member, response={204: None})
def unsubscribe_push(request: HttpRequest, payload: schemas.PushEndpoint) -> Status[None]:
    """Tell a browser of the viewer's by push no more; again is the same."""
    push.unsubscribe(viewer=viewer_auth(request), endpoint=payload.endpoint)
    return Status(204, None)


def _preferences(request: HttpRequest) -> HttpResponse:
    view = preferences.of(person_id=person_id_of(viewer_auth(request)))
    return ready(schemas.preferences(view, push_key=push_queries.application_key()))
