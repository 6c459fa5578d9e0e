"""Catalogue and co-visits live in the process; each test has its own database and begins without them."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def fresh_catalogue(monkeypatch) -> Iterator[None]:
    from revue.recommender import snapshot, together  # noqa: PLC0415 - models exist only once Django is set up

    monkeypatch.setattr("revue.recommender.queries.together", together.Together())
    monkeypatch.setattr(snapshot, "snapshot", snapshot.Snapshot())
    monkeypatch.setattr("revue.recommender.queries.snapshot", snapshot.snapshot)
    yield
    snapshot.snapshot.forget()
