"""Messages told by push: that there is something new in a conversation, and never what."""

from django.utils import translation
from django.utils.translation import gettext as _

from revue.inbox import tasks
from revue.inbox.messages import queries
from revue.inbox.models import Subscription
from revue.inbox.notifications.contracts import NoticeTopic
from revue.inbox.push import actions as push
from revue.platform import ids


def plan(*, person_id: int, conversation_id: int) -> None:
    """Have a message pushed, where there is somebody who wants that; inside the transaction that wrote it."""
    if push.is_wanted(person_id=person_id, topic=NoticeTopic.MESSAGES):
        once = f"{person_id}:{conversation_id}"
        tasks.push_message.enqueue(person_id=person_id, conversation_id=conversation_id, once=once)


def push_message(*, person_id: int, conversation_id: int) -> None:
    """Enqueue it for each browser in which the person is signed in, unless they have read it, or it is quiet time."""
    if not queries.rings(person_id=person_id, conversation_id=conversation_id):
        return
    for subscription_id in push.browsers(person_id=person_id):
        tasks.deliver_message.enqueue(subscription_id=subscription_id, conversation_id=conversation_id)


def deliver(*, subscription_id: int, conversation_id: int) -> None:
    """Tell one browser, unless all was read or taken back meanwhile.

    Raises:
        OSError: the push service is away, or wants to be asked later.
    """
    subscription = Subscription.objects.filter(pk=subscription_id).first()
    if subscription is None or not queries.rings(person_id=subscription.person_id, conversation_id=conversation_id):
        return
    short = ids.to_short(conversation_id)
    with translation.override(subscription.language or None):
        body = _("A new message")
    push.hand_over(subscription, push.Told(body=body, path=f"/messages/{short}", tag=f"messages-{short}"))
