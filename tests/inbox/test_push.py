"""Push: a real server stands for a browser's push service, and what it gets is opened with the browser's keys."""

import base64
import dataclasses
import http.server
import socket
import threading
from collections.abc import Iterator

import orjson
import pytest
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.contrib.sessions.backends.db import SessionStore

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.inbox.messages import actions as message_actions
from revue.inbox.messages import queries as messages
from revue.inbox.messages import sending
from revue.inbox.models import Notice, Subscription
from revue.inbox.notifications import preferences
from revue.inbox.notifications.contracts import NoticeTopic, QuietHours
from revue.inbox.push import actions, keys, queries, seal, services
from revue.inbox.push.errors import BadSubscription, PushOff
from revue.platform import clock
from revue.social import actions as social
from tests.people import make_person, viewer_of
from tests.published import publish

pytestmark = pytest.mark.django_db


@dataclasses.dataclass
class Browser:
    """The keys that a browser makes for one subscription, and how it opens what comes."""

    private: ec.EllipticCurvePrivateKey = dataclasses.field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = b"0123456789abcdef"

    @property
    def public(self) -> bytes:
        return keys.point(self.private.public_key())

    def opened(self, body: bytes) -> bytes:
        """RFC 8188 and 8291, from the receiving side."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        theirs, record = body[21 : 21 + length], body[21 + length :]
        assert len(record) <= size
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        secret = derived(shared, self.auth, b"WebPush: info\0" + self.public + theirs, 32)
        key = derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        padded = AESGCM(key).decrypt(derived(secret, salt, b"Content-Encoding: nonce\0", 12), record, None)
        assert padded.endswith(b"\x02")
        return padded[:-1]


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


class Service:
    """A push service on this machine: keeps what it is handed, and answers what it is told to."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.answer = 201
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.got.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(service.answer)
                self.send_header("Location", "http://127.0.0.1:1/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def service(settings) -> Iterator[Service]:
    service = Service()
    settings.WEB_PUSH, settings.WEB_PUSH_SERVICES = True, frozenset({service.origin})
    yield service
    service.stop()


@pytest.fixture
def ana() -> int:
    return make_person("ana")


@pytest.fixture
def browser() -> Browser:
    return Browser()


def signed_in(person_id: int) -> Viewer:
    """A person as they come with a session that lives."""
    session = SessionStore()
    session.create()
    UserSession.objects.create(user_id=person_id, session_key=session.session_key, ip="127.0.0.1", user_agent="")
    (name,) = accounts.session_names(person_id=person_id)
    return Viewer(person_id=person_id, session_key=name)


def subscribe(viewer: Viewer, browser: Browser, endpoint: str) -> None:
    public, auth = keys.encoded(browser.public), keys.encoded(browser.auth)
    actions.subscribe(viewer=viewer, endpoint=endpoint, public_key=public, auth=auth)


def comment_on_a_video_of(person_id: int) -> None:
    ben = make_person(name="Ben")
    social.write_comment(viewer=viewer_of(ben), video_id=publish(person_id), text="Bravo")


def test_only_the_browser_can_read_what_the_push_service_gets_and_it_says_who_we_are(ana, browser, service, run_jobs):
    viewer = signed_in(ana)
    for _ in range(2):
        subscribe(viewer, browser, f"{service.origin}/a?b=c")
    comment_on_a_video_of(ana)
    run_jobs()
    ((path, headers, body),) = service.got
    told = orjson.loads(browser.opened(body))
    assert path == "/a?b=c"
    assert (told["body"], told["unread"]) == ("Ben commented on your video: Bravo", 1)
    assert told["path"].startswith("/@ana/")
    assert b"Bravo" not in body
    assert (headers["content-encoding"], headers["ttl"]) == ("aes128gcm", "86400")
    claims = verified(headers["authorization"])
    assert claims["aud"] == service.origin
    assert 0 < claims["exp"] - clock.now().timestamp() <= 24 * 3600


def verified(authorization: str) -> dict[str, object]:
    """The claims, after their signature was checked with the key that browsers subscribe with."""
    token, key = authorization.removeprefix("vapid t=").split(", k=")
    assert key == queries.application_key()
    told, _, signature = token.rpartition(".")
    half = keys.decoded(signature)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), keys.decoded(key))
    r, s = int.from_bytes(half[:32], "big"), int.from_bytes(half[32:], "big")
    public.verify(encode_dss_signature(r, s), told.encode(), ec.ECDSA(SHA256()))
    return orjson.loads(keys.decoded(told.partition(".")[2]))


def test_the_example_of_rfc_8291_comes_out_byte_for_byte():
    def raw(text: str) -> bytes:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

    private = int.from_bytes(raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
    body = seal.close(
        b"When I grow up, I want to be a watermelon",
        public_key=raw("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        auth=raw("BTBZMqHH6r4Tts7J_aSIgg"),
        private_key=ec.derive_private_key(private, ec.SECP256R1()),
        salt=raw("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert keys.encoded(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6P"
        "Bru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_each_browser_is_told_in_the_language_in_which_it_asked(ana, service, run_jobs):
    viewer, browsers = signed_in(ana), {language: Browser() for language in ("de", "ar", "fr", "")}
    for language, browser in browsers.items():
        public, auth = keys.encoded(browser.public), keys.encoded(browser.auth)
        endpoint = f"{service.origin}/{language}"
        actions.subscribe(viewer=viewer, endpoint=endpoint, public_key=public, auth=auth, language=language)
    comment_on_a_video_of(ana)
    run_jobs()
    said = {path[1:]: orjson.loads(browsers[path[1:]].opened(body))["body"] for path, _, body in service.got}
    assert said["de"] == "Ben hat dein Video kommentiert: Bravo"
    assert said["ar"].startswith("\u0639\u0644\u0651\u0642")
    assert said["fr"] == said[""] == "Ben commented on your video: Bravo"


@pytest.mark.parametrize(("answer", "stays"), [(404, False), (410, False), (403, False), (413, True), (302, True)])
def test_a_subscription_that_the_service_knows_no_more_is_forgotten(ana, browser, service, run_jobs, answer, stays):
    subscribe(signed_in(ana), browser, f"{service.origin}/a")
    service.answer = answer
    comment_on_a_video_of(ana)
    run_jobs()
    assert len(service.got) == 1
    assert Subscription.objects.exists() is stays


@pytest.mark.parametrize("answer", [429, 503])
def test_a_service_that_is_away_is_asked_again_later(ana, browser, service, run_jobs, answer):
    subscribe(signed_in(ana), browser, f"{service.origin}/a")
    service.answer = answer
    comment_on_a_video_of(ana)
    with pytest.raises(OSError, match=str(answer)):  # the worker tries a failed job again
        run_jobs()
    assert Subscription.objects.exists()


def test_who_signed_out_is_told_nothing_there(ana, browser, service, run_jobs):
    subscribe(signed_in(ana), browser, f"{service.origin}/a")
    UserSession.objects.all().delete()
    comment_on_a_video_of(ana)
    run_jobs()
    assert (service.got, Subscription.objects.count()) == ([], 0)


def test_topics_quiet_hours_and_what_was_read_meanwhile_are_not_pushed(ana, browser, service, run_jobs):
    viewer = signed_in(ana)
    subscribe(viewer, browser, f"{service.origin}/a")
    preferences.change(viewer=viewer, not_pushed=[NoticeTopic.COMMENTS])
    comment_on_a_video_of(ana)
    now = clock.now().hour * 60 + clock.now().minute
    hours = QuietHours((now - 5) % 1440, (now + 5) % 1440, "UTC")
    preferences.change(viewer=viewer, not_pushed=[], quiet=hours)
    comment_on_a_video_of(ana)
    run_jobs()
    preferences.change(viewer=viewer, quiet=None)
    comment_on_a_video_of(ana)
    Notice.objects.update(read_at=clock.now())
    run_jobs()
    assert service.got == []


def test_a_message_is_pushed_without_its_words_and_a_request_never(ana, browser, service, run_jobs):
    make_person("ben"), make_person("cleo")
    follow = {"ana": "ben", "ben": "ana"}
    people = accounts.person_ids(["ana", "ben", "cleo"])
    for one, other in follow.items():
        social.follow_person(viewer=viewer_of(people[one]), handle=other)
    subscribe(signed_in(ana), browser, f"{service.origin}/a")
    sending.send_message(viewer=viewer_of(people["cleo"]), handle="ana", text="a request")
    run_jobs()
    assert service.got == []
    for text in ("a secret", "and more"):  # told once, as one of them waits to be told
        first = sending.send_message(viewer=viewer_of(people["ben"]), handle="ana", text=text).id
    run_jobs()
    ((_, _, body),) = service.got
    told = orjson.loads(browser.opened(body))
    assert (told["body"], told["path"][:10]) == ("A new message", "/messages/")
    assert b"secret" not in browser.opened(body)
    sending.send_message(viewer=viewer_of(people["ben"]), handle="ana", text="oops")
    found = messages.conversation_with(viewer=viewer_of(ana), handle="ben").id
    message_actions.mark_read(viewer=viewer_of(ana), conversation_id=found, message_id=first + (1 << 40))
    run_jobs()
    preferences.change(viewer=viewer_of(ana), not_pushed=[NoticeTopic.MESSAGES])
    sending.send_message(viewer=viewer_of(people["ben"]), handle="ana", text="quietly")
    run_jobs()
    assert len(service.got) == 1


def test_without_the_owners_wish_nothing_is_offered_kept_or_sent(ana, browser, settings, run_jobs):
    assert settings.WEB_PUSH is False
    assert queries.application_key() is None
    with pytest.raises(PushOff):
        subscribe(signed_in(ana), browser, "https://push.example.org/a")


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/a",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://[::ffff:10.0.0.1]/a",
        "https://[64:ff9b::a00:1]/a",
        "https://10.1.2.3:8443/a",
        "https://169.254.169.254/latest",
        "https://100.64.0.1/a",
        "https://2130706433/a",
        "https://localhost/a",
        "https://printer.local/a",
        "https://user@push.example.org/a",
        "https://push.example.org/a b",
        "https://push.example.org:0/a",
        "https://",
        "ftp://push.example.org/a",
        "https://push.example.org/" + "a" * 1000,
    ],
)
def test_a_service_that_is_not_public_over_https_is_refused(ana, browser, settings, endpoint):
    settings.WEB_PUSH = True
    with pytest.raises(BadSubscription):
        subscribe(signed_in(ana), browser, endpoint)


def test_a_name_that_leads_into_a_private_network_is_never_connected_to(monkeypatch):
    """The names of the world are not to be had here: only what they lead to is made up."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.8")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(services.NotPublic):
        services.post("https://push.example.org/a", headers={}, body=b"")


def test_keys_that_are_none_are_refused(ana, settings):
    settings.WEB_PUSH = True
    good = Browser()
    for public, auth in (
        (b"\x04" + b"1" * 64, good.auth),
        (good.public[:33], good.auth),
        (good.public, b"short"),
    ):
        with pytest.raises(BadSubscription):
            actions.subscribe(
                viewer=signed_in(make_person()),
                endpoint="https://push.example.org/a",
                public_key=keys.encoded(public),
                auth=keys.encoded(auth),
            )


def test_a_browser_belongs_to_who_signed_in_last_and_can_be_ended(ana, browser, settings):
    settings.WEB_PUSH = True
    ben, endpoint = make_person("ben"), "https://push.example.org/a"
    subscribe(signed_in(ana), browser, endpoint)
    subscribe(signed_in(ben), browser, endpoint)
    actions.unsubscribe(viewer=viewer_of(ana), endpoint=endpoint)
    assert list(Subscription.objects.values_list("person_id", flat=True)) == [ben]
    actions.unsubscribe(viewer=viewer_of(ben), endpoint=endpoint)
    assert not Subscription.objects.exists()
