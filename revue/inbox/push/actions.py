"""Subscribing browsers, and telling them."""

import dataclasses
import logging
from typing import Any, Final

import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db import transaction
from django.utils import translation

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.inbox import tasks
from revue.inbox.messages import queries as messages
from revue.inbox.models import LONGEST_LANGUAGE, Preferences, Subscription
from revue.inbox.notifications import preferences, queries
from revue.inbox.notifications.contracts import NoticeTopic
from revue.inbox.notifications.sentences import sentence
from revue.inbox.push import keys, seal, services
from revue.inbox.push.errors import BadSubscription, PushOff
from revue.platform import ids, limits

MOST_BROWSERS: Final = 20  # of one person; the oldest give way
KEPT_FOR_S: Final = 24 * 3600  # how long a push service keeps a message for a browser that is off
LONGEST_BODY: Final = 300  # letters
_GONE: Final = (403, 404, 410)  # of a key that is ours no more, of a subscription that has ended
_LATER: Final = (408, 425, 429)
_SERVER_ERRORS: Final = 500
_log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """What a browser is told."""

    body: str
    path: str  # of the page it leads to
    tag: str  # a later message with the same takes its place


class NotNow(OSError):
    """A push service wants to be asked again later."""


@transaction.atomic
def subscribe(*, viewer: Viewer, endpoint: str, public_key: str, auth: str, language: str = "") -> None:
    """Tell this browser from now on, while the viewer is signed in with it; again is the same.

    Args:
        viewer: who is signed in there.
        endpoint: the browser's address at its push service.
        public_key: `p256dh`, as base64url.
        auth: the shared secret, as base64url.
        language: that it is told in.

    Raises:
        SignInNeeded: the viewer is a visitor.
        PushOff: the instance pushes nothing.
        RateLimited: too many in a minute.
        BadSubscription: it is none, or its push service may not be asked.
    """
    person_id = person_id_of(viewer)
    if not settings.WEB_PUSH:
        raise PushOff
    limits.check("subscribe", key=str(person_id), per_minute=20)
    services.origin_of(endpoint)
    values: dict[str, Any] = {"public_key": _checked_key(public_key), "auth": _checked_auth(auth)}
    values |= {"person_id": person_id, "session": viewer.session_key, "language": language[:LONGEST_LANGUAGE]}
    Subscription.objects.update_or_create(endpoint=endpoint, defaults=values)
    own = Subscription.objects.filter(person_id=person_id)
    own.exclude(pk__in=own.order_by("-pk").values("pk")[:MOST_BROWSERS]).delete()


def unsubscribe(*, viewer: Viewer, endpoint: str) -> None:
    """Tell a browser of the viewer's no more; again is the same.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    Subscription.objects.filter(person_id=person_id_of(viewer), endpoint=endpoint).delete()


def plan(*, notice_id: int, person_id: int, topic: NoticeTopic) -> None:
    """Have a new notice pushed, where there is somebody who wants that; inside the transaction that made it."""
    if is_wanted(person_id=person_id, topic=topic):
        tasks.push_notice.enqueue(notice_id=notice_id, person_id=person_id)


def is_wanted(*, person_id: int, topic: NoticeTopic) -> bool:
    """Whether a person has browsers that are to be told of a topic."""
    if not settings.WEB_PUSH or not Subscription.objects.filter(person_id=person_id).exists():
        return False
    return not Preferences.objects.filter(pk=person_id, not_pushed__contains=[topic.value]).exists()


def push_notice(*, notice_id: int, person_id: int) -> None:
    """Enqueue a notice for each browser in which its owner is signed in, unless it is their quiet time."""
    if queries.one(person_id=person_id, notice_id=notice_id) is None:
        return
    for subscription_id in browsers(person_id=person_id):
        tasks.deliver.enqueue(subscription_id=subscription_id, notice_id=notice_id)


def browsers(*, person_id: int) -> list[int]:
    """The subscriptions of browsers in which a person is signed in now; none in their quiet time. Others end."""
    if preferences.is_quiet_for(person_id=person_id):
        return []
    living = accounts.session_names(person_id=person_id)
    own = Subscription.objects.filter(person_id=person_id)
    own.exclude(session__in=living).delete()
    return list(own.order_by("pk").values_list("pk", flat=True))


def deliver(*, subscription_id: int, notice_id: int) -> None:
    """Hand one notice over to one browser's push service; what was read or is gone meanwhile is not sent.

    Raises:
        OSError: the service is away, or wants to be asked later.
    """
    subscription = Subscription.objects.filter(pk=subscription_id).first()
    if subscription is None:
        return
    notice = queries.one(person_id=subscription.person_id, notice_id=notice_id)
    if notice is None:
        return
    with translation.override(subscription.language or None):
        body = sentence(notice)
    hand_over(subscription, Told(body=body, path=notice.path, tag=ids.to_short(notice.id)))


def hand_over(subscription: Subscription, told: Told) -> None:
    """Hand something over to one browser's push service, while this instance pushes.

    Raises:
        OSError: the service is away, or wants to be asked later.
    """
    if not settings.WEB_PUSH:
        return
    status = _send(subscription, _message(told, unread=_unread(subscription.person_id)))
    if status in _GONE:
        subscription.delete()
    elif status in _LATER or status >= _SERVER_ERRORS:
        raise NotNow(f"the push service answered {status}")
    elif status >= 300:  # noqa: PLR2004 - asking again would be answered the same
        _log.warning("A push service refused a message: %s", status)


def _unread(person_id: int) -> int:
    """The number at the app's icon: notices, and conversations with something new."""
    return queries.unread(person_id=person_id) + messages.unread(person_id=person_id).messages


def _send(subscription: Subscription, message: bytes) -> int:
    try:
        origin = services.origin_of(subscription.endpoint)
    except BadSubscription:  # the owner trusts this service no more
        return _GONE[0]
    body = seal.close(message, public_key=keys.decoded(subscription.public_key), auth=keys.decoded(subscription.auth))
    headers = {
        "Authorization": keys.authorization(origin),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_FOR_S),
        "Urgency": "normal",
    }
    return services.post(subscription.endpoint, headers=headers, body=body)


def _message(told: Told, *, unread: int) -> bytes:
    """What the service worker shows."""
    return orjson.dumps(
        {
            "title": settings.INSTANCE_NAME,
            "body": told.body if len(told.body) <= LONGEST_BODY else f"{told.body[: LONGEST_BODY - 1]}…",
            "path": told.path,
            "tag": told.tag,
            "unread": unread,
        }
    )


def _checked_key(public_key: str) -> str:
    try:
        point = keys.decoded(public_key)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise BadSubscription from error
    if len(point) != seal.POINT_BYTES:
        raise BadSubscription
    return keys.encoded(point)


def _checked_auth(auth: str) -> str:
    try:
        secret = keys.decoded(auth)
    except ValueError as error:
        raise BadSubscription from error
    if len(secret) != seal.AUTH_BYTES:
        raise BadSubscription
    return keys.encoded(secret)
