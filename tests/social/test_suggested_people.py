"""People while somebody types a name: by the beginning of handle or name, whom they follow first."""

import pytest
from django.db import connection

from revue.accounts import actions as accounts
from revue.accounts.models import Person
from revue.platform import limits
from revue.social import actions, queries
from tests.people import client_of, make_person, viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> int:
    return make_person("ana")


def handles(person_id: int, prefix: str) -> list[str]:
    return [one.card.handle for one in queries.people_beginning(viewer=viewer_of(person_id), prefix=prefix)]


def test_handle_or_name_begins_so_in_any_case_and_those_who_are_followed_come_first(ana: int) -> None:
    for handle, name in (("benno", ""), ("bea", "Bea"), ("zoe", "Benita Ross"), ("carl", "Carl Ben")):
        make_person(handle, name=name)
    actions.follow_person(viewer=viewer_of(ana), handle="zoe")
    assert handles(ana, "be") == ["zoe", "bea", "benno"]
    assert handles(ana, "BENI") == ["zoe"]
    answer = client_of(ana).get("/api/v1/suggest/people", {"prefix": "zo"}).json()["items"]
    assert [(one["person"]["handle"], one["is_followed"]) for one in answer] == [("zoe", True)]


def test_nobody_is_told_of_themselves_or_of_those_who_are_gone(ana: int) -> None:
    gone, closed = make_person("anton"), make_person("anja")
    accounts.delete_person(person_id=gone)
    Person.objects.filter(pk=closed).update(is_active=False)
    assert handles(ana, "an") == []


@pytest.mark.parametrize("prefix", ["%", "_", "\\", "an_", "'"])
def test_letters_that_mean_something_to_a_database_mean_themselves(ana: int, prefix: str) -> None:
    make_person("anna")
    assert handles(ana, prefix) == []


def test_at_most_eight_are_told(ana: int) -> None:
    for number in range(12):
        make_person(f"dora.{number}")
    for number in range(3):
        actions.follow_person(viewer=viewer_of(ana), handle=f"dora.{number}")
    assert len(handles(ana, "dora")) == 8


def test_who_asks_too_often_is_told_to_wait(ana: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from revue.api.routers import suggest  # noqa: PLC0415 - its number is made small here only

    monkeypatch.setattr(suggest, "PER_MINUTE", 2)
    client = client_of(ana)
    answers = [client.get(f"/api/v1/suggest/{what}").status_code for what in ("tags", "people", "tags")]
    assert answers == [200, 200, 429]
    limits.forget_old()


def test_indexes_answer(ana: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")  # nearly empty, one of them in order would do
        cursor.execute(
            "EXPLAIN SELECT id FROM accounts_person"
            " WHERE is_active AND (handle LIKE 'be%' OR lower(name) LIKE 'be%') ORDER BY handle LIMIT 8"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "accounts_person_by_name" in plan
    assert "accounts_person_handle" in plan
