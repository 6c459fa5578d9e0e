"""The catalogue lives in the process; each test has its own database and begins without one."""

from collections.abc import Iterator

import pytest

from revue.recommender import snapshot


@pytest.fixture(autouse=True)
def fresh_catalogue(monkeypatch) -> Iterator[None]:
    monkeypatch.setattr(snapshot.snapshot, "_catalogue", None)
    yield
    snapshot.snapshot.forget()
