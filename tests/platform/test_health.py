"""Machines and operators are told what is wrong, and how to mend it."""

import pathlib
import socket

import pytest
from django.db import OperationalError, connection
from django.test import Client

from revue.platform import checks, doctor, health


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_registry", {})


@pytest.mark.django_db
def test_a_site_with_its_database_is_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "problems": {}})


@pytest.mark.django_db
def test_a_site_that_cannot_serve_says_why(client: Client, only: None) -> None:
    checks.register("database", lambda: "It sleeps. Wake it.", is_for_ready=True)
    checks.register("slow one", lambda: "never asked")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        503,
        {"ready": False, "problems": {"database": "It sleeps. Wake it."}},
    )


def test_the_process_is_alive_without_any_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_requests_are_counted_by_route_and_never_by_address(client: Client) -> None:
    client.get("/healthz?of=ana")
    text = client.get("/metrics").content.decode()
    assert 'revue_platform_request_seconds_count{method="GET",route="healthz",status="200"}' in text
    assert "ana" not in text


@pytest.mark.django_db
def test_a_healthy_instance_passes_platforms_checks(settings: object, tmp_path: pathlib.Path) -> None:
    settings.DATA_ROOT = tmp_path  # type: ignore[attr-defined]
    for check in (health.check_folder, health.check_database, health.check_tables, health.check_clock):
        assert check() is None


def test_a_silent_database_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused\nmore")

    monkeypatch.setattr(connection, "cursor", refuse)
    problem = health.check_database()
    assert problem is not None
    assert "connection refused. Start it with `revue up`" in problem


def test_a_taken_port_is_told(settings: object, tmp_path: pathlib.Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings.DATA_ROOT = tmp_path  # type: ignore[attr-defined]
        settings.LISTENS_ON = other.getsockname()  # type: ignore[attr-defined]
        problem = health.check_port()
    assert problem is not None
    assert "REVUE_PORT" in problem


@pytest.mark.django_db
@pytest.mark.parametrize(("is_fatal", "status", "mark"), [(True, 1, "WRONG"), (False, 0, "note")])
def test_the_doctor_fails_only_on_what_is_fatal(
    only: None, settings: object, capsys: pytest.CaptureFixture[str], is_fatal: bool, status: int, mark: str
) -> None:
    settings.EMBEDS_DATABASE = False  # type: ignore[attr-defined]
    checks.register("sound", lambda: None, tells=lambda: "it plays")
    checks.register("broken", lambda: "It is broken. Mend it.", is_fatal=is_fatal)
    assert doctor.examine() == status
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ok")
    assert lines[0].endswith("it plays")
    assert lines[1].startswith(mark)
    assert lines[1].endswith("It is broken. Mend it.")
