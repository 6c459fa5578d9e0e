"""Whatever the schema allows, and much that it does not: no server error, and every answer keeps its schema."""

import itertools
from collections.abc import Iterator

import orjson
import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from revue.api import export
from revue.inbox.messages import queries as messages
from revue.inbox.messages import sending
from revue.platform import ids, limits
from revue.social import actions
from revue.wsgi import application
from tests.people import client_of, make_person, viewer_of
from tests.published import publish

pytestmark = pytest.mark.django_db
CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance]
DOCUMENT = orjson.loads(export.FILE.read_bytes())
OPERATIONS = [(method, path) for path, methods in DOCUMENT["paths"].items() for method in methods]

NAMES = ("video_id", "comment_id", "collection_id", "conversation_id", "message_id", "handle", "tag")


@pytest.fixture
def world(monkeypatch) -> dict[str, str]:
    """Real things for the addresses to name, and nobody is ever too fast."""
    monkeypatch.setattr(limits, "check", lambda *_, **__: None)
    ana, ben = make_person("ana"), make_person("ben")
    video = publish(ben, tags=["dance"])
    comment = actions.write_comment(viewer=viewer_of(ana), video_id=video, text="hello").id
    message = sending.send_message(viewer=viewer_of(ana), handle="ben", text="hello").id
    conversation = messages.conversation_with(viewer=viewer_of(ana), handle="ben").id
    client = client_of(ana)
    token = client.get("/api/v1/session").json()["csrf_token"]
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return {
        "video_id": ids.to_short(video),
        "comment_id": ids.to_short(comment),
        "collection_id": ids.to_short(actions.make_collection(viewer=viewer_of(ana), name="Steps", is_public=True)),
        "conversation_id": ids.to_short(conversation),
        "message_id": ids.to_short(message),
        "handle": "ben",
        "tag": "dance",
        "cookies": cookies,
        "token": token,
    }


@pytest.fixture
def held_connection(world) -> Iterator[None]:
    """Keeps the test's connection open between requests, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("held_connection")
@pytest.mark.parametrize("who", ["visitor", "member"])
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda value: value)
def test_no_answer_breaks_the_schema(who, method, path, world):
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    schema.app = application
    operation = schema[path][method]
    known = {name: world[name] for name in NAMES if f"{{{name}}}" in path}
    places = [known, {}] if known else [{}]
    cases = st.one_of(
        operation.as_strategy(generation_mode=mode, path_parameters=place or None)
        for mode, place in itertools.product(_modes(operation, places), places)
    )
    # schemathesis reads answers of a WSGI application as they come: it would not unpack a compressed one.
    headers = {"Host": "testserver", "Origin": django_settings.BASE_URL, "Accept-Encoding": "identity"}
    if who == "member":
        headers |= {"Cookie": world["cookies"], "X-CSRFToken": world["token"]}

    @settings(
        max_examples=12,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def send(case):
        case.headers.update(headers)
        response = case.call()
        case.validate_response(response, checks=CHECKS)

    send()


def _modes(operation, places) -> list[GenerationMode]:
    """Broken input is made only where an operation has input."""
    has_input = bool(operation.body) or bool(operation.query) or any(not place for place in places)
    takes = bool(operation.body) or bool(operation.query) or bool(operation.path_parameters)
    return [GenerationMode.POSITIVE, GenerationMode.NEGATIVE] if has_input and takes else [GenerationMode.POSITIVE]
