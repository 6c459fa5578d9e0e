"""Whatever the schema allows, and much that it does not: no server error, every answer keeps its schema, whoever asks.

Much more of it: FUZZ_EXAMPLES=300 pytest tests/api/test_schema_fuzz.py
"""

import functools
import itertools
import os
import re
import zlib
from collections.abc import Iterator

import hypothesis
import orjson
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from revue.api import export
from revue.platform import limits
from revue.wsgi import application
from tests.api.cast import ROLES, Cast, assemble
from tests.rollback import taken_back

pytestmark = pytest.mark.django_db
EXAMPLES, WIDE = 2, os.environ.get("FUZZ_EXAMPLES")
CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance]
DOCUMENT = orjson.loads(export.FILE.read_bytes())
OPERATIONS = [(method, path) for path, methods in DOCUMENT["paths"].items() for method in methods]
SETTINGS = hypothesis.settings(
    max_examples=int(WIDE or EXAMPLES),
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def cast(monkeypatch) -> Iterator[Cast]:
    """Nobody is ever too fast, and the test's connection stays open between requests, as of Django's own client."""
    monkeypatch.setattr(limits, "check", lambda *_, **__: None)
    there = assemble()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield there
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.timeout(600 + 60 * SETTINGS.max_examples)
@pytest.mark.parametrize("who", ROLES)
def test_no_answer_breaks_the_schema(who, cast, subtests):
    # schemathesis reads answers of a WSGI application as they come: it would not unpack a compressed one.
    headers = {**cast.headers[who], "Accept-Encoding": "identity"}
    for method, path in OPERATIONS:
        with subtests.test(f"{method} {path}"):
            send(method, path, cast.real, headers, seed=f"{who} {method} {path}")


def test_there_is_something_real_for_every_address(cast):
    assert set(itertools.chain(*(names_in(path) for _, path in OPERATIONS))) <= cast.real.keys()


def send(method: str, path: str, real: dict[str, tuple[str, ...]], headers: dict[str, str], *, seed: str) -> None:
    """Requests of an operation, two of three to something that is there; nothing that they change is kept."""
    named = st.fixed_dictionaries({name: st.sampled_from(real[name]) for name in names_in(path)})

    @SETTINGS
    @given(case=cases(method, path), place=named, is_real=st.sampled_from([True, True, False]))
    def each(case, place, is_real):
        if is_real and place:
            case.path_parameters = place
        case.headers.update(headers)
        with taken_back():
            response = case.call()
        case.validate_response(response, checks=CHECKS)

    if not WIDE:  # the same ones each time, and not the same of everybody
        each = hypothesis.seed(zlib.crc32(seed.encode()))(each)
    each()


def names_in(path: str) -> list[str]:
    return re.findall(r"{(\w+)}", path)


@functools.cache
def schema() -> schemathesis.BaseSchema:
    found = schemathesis.openapi.from_dict(DOCUMENT)
    found.app = application
    return found


@functools.cache
def cases(method: str, path: str) -> st.SearchStrategy[schemathesis.Case]:
    """Requests of an operation: right ones, and broken ones where it takes something that can be broken."""
    operation = schema()[path][method]
    takes = bool(operation.body) or bool(operation.query) or bool(operation.path_parameters)
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE] if takes else [GenerationMode.POSITIVE]
    return st.one_of(operation.as_strategy(generation_mode=mode) for mode in modes)
