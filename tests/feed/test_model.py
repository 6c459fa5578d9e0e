"""The sequence model behind For You: a term that is shown, no say before it is earned, no harm when it is broken."""

import numpy as np
import pytest

from revue.events import queries as log
from revue.feed.cursors import place_of
from revue.feed.queries import page_for
from revue.platform import clock
from revue.recommender import memory, parameters, snapshot
from revue.recommender.engine.content.facts import DIMENSIONS
from revue.recommender.engine.signals import Mark
from revue.recommender.models import Watch
from revue.recommender.parameters import Held
from revue.recommender.training import published
from revue.videos.models import Video
from tests.feed.test_reranking import ana, kinds, watch  # noqa: F401 - two of them are fixtures
from tests.recommender import models_made as made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings, monkeypatch) -> Held:
    """Weights of this test alone, looked for in the thread that asks."""
    settings.DATA_ROOT = tmp_path
    held = Held()
    monkeypatch.setattr(held, "current", held.look)
    monkeypatch.setattr(parameters, "held", held)
    return held


def publish(axis: int, *, trust: float, scale: float = 0.0) -> None:
    """A model that expects long views of what lies along an axis; with `scale`, one that means nothing."""
    now_s = clock.now().timestamp()
    told = made.about(
        Video.objects.values_list("id", flat=True), set(Video.objects.values_list("author_id", flat=True)),
        trust=trust, made_s=now_s,
    )  # fmt: skip
    weights = made.random(told, scale=scale) if scale else made.liking(told, axis, content=DIMENSIONS)
    published.publish(parameters.folder(), None, weights, told)


def test_a_trusted_model_adds_a_term_that_the_viewer_is_shown(ana, kinds, own_folder):  # noqa: F811
    for video_id in kinds[0][:2] + kinds[1][:2]:
        watch(ana, video_id, 1500)
    axis = int(np.argmax(np.abs(snapshot.snapshot.current().vectors).sum(axis=0)))
    publish(axis, trust=1.0)
    page = page_for(ana, limit=10)
    terms = [{term.name: term for term in entry.reason.terms} for entry in page.entries]
    assert all("model" in each for each in terms)
    assert {each["model"].label for each in terms} == {"What the sequence model expects you to do"}
    for entry in page.entries:
        assert entry.reason.score == pytest.approx(sum(term.value for term in entry.reason.terms), abs=1e-5)
    place = place_of(page.next_cursor or "")
    rows = log.served(session=place.session, day=place.day, first=0, limit=10)
    assert all("model" in row.detail["terms"] for row in rows)
    assert {row.detail["weights"] for row in rows} == {own_folder.look(snapshot.snapshot.current()).version}


def test_a_model_that_has_earned_nothing_changes_nothing_and_is_not_shown(ana, kinds):  # noqa: F811
    watch(ana, kinds[0][0], 12_000)
    publish(0, trust=0.0, scale=3.0)
    entries = page_for(ana, limit=10).entries
    assert all("model" not in {term.name for term in entry.reason.terms} for entry in entries)
    assert len(entries) == 10


def test_somebody_new_is_not_judged_by_the_model(ana, kinds):  # noqa: F811
    publish(0, trust=1.0)
    assert all("model" not in {term.name for term in entry.reason.terms} for entry in page_for(ana).entries)


@pytest.mark.parametrize("damage", [b"", b"nonsense" * 999, None])
def test_a_broken_model_is_never_an_error_for_a_viewer(ana, kinds, damage, own_folder):  # noqa: F811
    watch(ana, kinds[0][0], 12_000)
    publish(0, trust=1.0)
    (base,) = parameters.folder().iterdir()
    base.write_bytes(base.read_bytes()[:-200] if damage is None else damage)
    assert len(page_for(ana, limit=10).entries) == 10
    publish(0, trust=1.0)
    assert any("model" in {term.name for term in entry.reason.terms} for entry in page_for(ana, limit=10).entries)


def test_memory_tells_what_was_done_and_when(ana, kinds):  # noqa: F811
    first, second = kinds[0][:2]
    for video_id in (first, second):
        watch(ana, video_id, 4000)
    Watch.objects.filter(video_id=first).update(is_liked=True)
    Watch.objects.filter(video_id=second).update(is_skip=True)
    found = memory.recall(viewer=ana, session="x", day=clock.now().date(), position=0, round_=0)
    assert found.watched.tolist() == [first, second]
    assert found.marks.tolist() == [Mark.LIKED, Mark.SKIPPED]
    assert found.times.tolist() == sorted(found.times)
    assert abs(found.times[1] - clock.now().timestamp()) < 600
