"""Direct messages: what two people write to each other, and who asks to."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from revue.accounts.policy import person_id_of
from revue.api.auth import member, viewer_auth
from revue.api.params import Cursor, Handle, ListLimit, ShortId, id_of, ready
from revue.api.schemas import messages as schemas
from revue.inbox.messages import actions, queries, recipients, reports, sending
from revue.inbox.messages.contracts import Folder

router = Router(tags=["messages"])
Prefix = Annotated[str, Query(max_length=100, description="how the handle or name begins; empty: whom one knows")]


@router.get("/messages/unread", auth=member, response=schemas.UnreadMessagesOut)
def read_unread_messages(request: HttpRequest) -> HttpResponse:
    """How many conversations have something new. The stream `me` tells changes with `message` and `conversation`."""
    return ready(schemas.unread(queries.unread(person_id=person_id_of(viewer_auth(request)))))


@router.get("/messages/recipients", auth=member, response=schemas.RecipientsOut)
def read_recipients(request: HttpRequest, q: Prefix = "") -> HttpResponse:
    """People to whom the viewer can write: those they have written with, then friends, then who else begins so."""
    return ready(schemas.recipients(recipients.recipients(viewer=viewer_auth(request), prefix=q)))


@router.get("/conversations", auth=member, response=schemas.ConversationPageOut)
def read_conversations(
    request: HttpRequest, folder: Folder = Folder.INBOX, cursor: Cursor = "", limit: ListLimit = 20
) -> HttpResponse:
    """The viewer's conversations, the one with the newest message first."""
    page = queries.conversations(viewer=viewer_auth(request), folder=folder, cursor=cursor, limit=limit)
    return ready(schemas.conversations(page))


@router.get("/people/{handle}/conversation", auth=member, response=schemas.ConversationOut)
def read_conversation_with(request: HttpRequest, handle: Handle) -> HttpResponse:
    """The conversation with a person, begun or not, and whether the viewer can write to them."""
    return ready(schemas.conversation(queries.conversation_with(viewer=viewer_auth(request), handle=handle)))


@router.post("/people/{handle}/messages", auth=member, response={201: schemas.MessageOut})
def send_message(request: HttpRequest, handle: Handle, payload: schemas.NewMessage) -> HttpResponse:
    """Write to a person. To strangers it is a request; an answer to a request accepts it."""
    view = sending.send_message(
        viewer=viewer_auth(request),
        handle=handle,
        text=payload.text,
        video_id=None if payload.video_id is None else id_of(payload.video_id),
        key=payload.key,
    )
    return ready(schemas.message(view), status=201)


@router.post("/videos/{video_id}/send", auth=member, response=schemas.DeliveriesOut)
def send_video(request: HttpRequest, video_id: ShortId, payload: schemas.VideoToSend) -> HttpResponse:
    """Send a video to up to ten people: to each by itself, and what is refused says why. All may be sent again."""
    found = sending.send_video(
        viewer=viewer_auth(request), video_id=id_of(video_id), handles=payload.to, text=payload.text, key=payload.key
    )
    return ready(schemas.deliveries(found))


@router.get("/conversations/{conversation_id}", auth=member, response=schemas.ConversationOut)
def read_conversation(request: HttpRequest, conversation_id: ShortId) -> HttpResponse:
    """One of the viewer's conversations."""
    view = queries.conversation(viewer=viewer_auth(request), conversation_id=id_of(conversation_id))
    return ready(schemas.conversation(view))


@router.get("/conversations/{conversation_id}/messages", auth=member, response=schemas.MessagePageOut)
def read_messages(
    request: HttpRequest, conversation_id: ShortId, cursor: Cursor = "", limit: ListLimit = 30
) -> HttpResponse:
    """What the two have written, newest first. Reading marks nothing as read."""
    viewer, found = viewer_auth(request), id_of(conversation_id)
    return ready(schemas.messages(queries.messages(viewer=viewer, conversation_id=found, cursor=cursor, limit=limit)))


@router.post("/conversations/{conversation_id}/read", auth=member, response=schemas.UnreadMessagesOut)
def mark_messages_read(request: HttpRequest, conversation_id: ShortId, payload: schemas.ReadTo) -> HttpResponse:
    """Mark a conversation as read up to a message; again is the same."""
    counts = actions.mark_read(
        viewer=viewer_auth(request), conversation_id=id_of(conversation_id), message_id=id_of(payload.message_id)
    )
    return ready(schemas.unread(counts))


@router.post("/conversations/{conversation_id}/accept", auth=member, response=schemas.ConversationOut)
def accept_request_to_write(request: HttpRequest, conversation_id: ShortId) -> HttpResponse:
    """Let somebody who asks write on; again is the same."""
    viewer, found = viewer_auth(request), id_of(conversation_id)
    actions.accept_request(viewer=viewer, conversation_id=found)
    return ready(schemas.conversation(queries.conversation(viewer=viewer, conversation_id=found)))


@router.put("/conversations/{conversation_id}/mute", auth=member, response={204: None})
def mute_conversation(request: HttpRequest, conversation_id: ShortId) -> Status[None]:
    """Have what is new in a conversation neither pushed nor counted; again is the same."""
    actions.mute_conversation(viewer=viewer_auth(request), conversation_id=id_of(conversation_id), is_muted=True)
    return Status(204, None)


@router.delete("/conversations/{conversation_id}/mute", auth=member, response={204: None})
def unmute_conversation(request: HttpRequest, conversation_id: ShortId) -> Status[None]:
    """Have what is new in a conversation told again; again is the same."""
    actions.mute_conversation(viewer=viewer_auth(request), conversation_id=id_of(conversation_id), is_muted=False)
    return Status(204, None)


@router.delete("/conversations/{conversation_id}", auth=member, response={204: None})
def delete_conversation(request: HttpRequest, conversation_id: ShortId) -> Status[None]:
    """Delete a conversation for the viewer alone; a request is declined by this, silently. Again is the same."""
    actions.delete_conversation(viewer=viewer_auth(request), conversation_id=id_of(conversation_id))
    return Status(204, None)


@router.delete("/messages/{message_id}", auth=member, response={204: None})
def unsend_message(request: HttpRequest, message_id: ShortId) -> Status[None]:
    """Take back what the viewer has written, for both; that there was something stays. Again is the same."""
    actions.unsend_message(viewer=viewer_auth(request), message_id=id_of(message_id))
    return Status(204, None)


@router.post("/messages/{message_id}/report", auth=member, response={204: None})
def report_message(request: HttpRequest, message_id: ShortId, payload: schemas.NewMessageReport) -> Status[None]:
    """Report what somebody wrote to the viewer: a copy of it, and of up to five messages before it, is kept."""
    reports.report_message(
        viewer=viewer_auth(request), message_id=id_of(message_id), reason=payload.reason, text=payload.text
    )
    return Status(204, None)
