"""The catalogue lives in the process; each test has its own database and begins without it."""

from collections.abc import Iterator

import pytest


@pytest.fixture
def fresh_catalogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from revue.recommender import snapshot, together  # noqa: PLC0415 - models exist only once Django is set up

    monkeypatch.setattr("revue.recommender.queries.together", together.Together())
    monkeypatch.setattr(snapshot, "snapshot", snapshot.Snapshot())
    monkeypatch.setattr("revue.recommender.queries.snapshot", snapshot.snapshot)
    yield
    snapshot.snapshot.forget()
