"""Jobs join their transaction, wait once, and are tried again."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction

from revue.platform import jobs

seen: list[str] = []


@jobs.job(queue="fast", retries=2)
def note(*, word: str) -> None:
    seen.append(word)


@pytest.fixture(autouse=True)
def nothing_seen() -> Iterator[None]:
    seen.clear()
    yield
    seen.clear()


def test_a_job_runs_with_its_arguments(run_jobs: Callable[[], int]) -> None:
    note.enqueue(word="hello")
    assert run_jobs() == 1
    assert seen == ["hello"]


def test_a_job_of_a_rolled_back_transaction_never_runs(run_jobs: Callable[[], int]) -> None:
    with transaction.atomic():
        note.enqueue(word="never")
        transaction.set_rollback(True)
    assert run_jobs() == 0


def test_an_equal_job_that_waits_is_not_doubled_and_spoils_no_transaction(run_jobs: Callable[[], int]) -> None:
    with transaction.atomic():
        note.enqueue(word="first", once="x")
        note.enqueue(word="second", once="x")
        note.enqueue(word="other", once="y")
    assert run_jobs() == 2
    assert seen == ["first", "other"]


def test_a_delayed_job_waits(run_jobs: Callable[[], int]) -> None:
    note.enqueue(word="later", delay_s=3600)
    assert run_jobs() == 0
