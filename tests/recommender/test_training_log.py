"""What the trainer reads: labels as they were told, the score that stood, and nothing of what was erased."""

import datetime

import numpy as np
import pytest

from revue.events.models import Event
from revue.feed.queries import page_for
from revue.platform import clock
from revue.recommender import controls, history
from revue.recommender.controls.contracts import Hidden
from revue.recommender.engine import heads
from revue.recommender.engine.quantiles import Quantiles
from revue.recommender.models import TrainingStep, Watch
from revue.recommender.training import log, steps
from revue.recommender.training.steps import Kind
from tests.feed.conftest import fresh_catalogue  # noqa: F401 - a fixture
from tests.feed.test_reranking import ana, kinds, watch  # noqa: F401 - two of them are fixtures

pytestmark = pytest.mark.django_db


def soon() -> datetime.datetime:
    return clock.now() + datetime.timedelta(seconds=1)


def read(viewer) -> log.Watches:
    return log.windows([viewer.person_id], until=soon())


def test_labels_are_what_was_done_and_unknown_ones_are_not_made_up(ana, kinds):  # noqa: F811
    first, second = kinds[0][:2]
    watch(ana, first, 12_000)
    Watch.objects.filter(video_id=first).update(is_liked=True)
    watch(ana, second, 300)
    told = log.labels(read(ana), Quantiles.fit(np.empty(0), np.empty(0)))
    by_name = dict(zip(heads.TASKS, told.T, strict=True))
    assert by_name["watch"] == pytest.approx([1.0, 300 / 12_000])
    assert by_name["long"].tolist() == by_name["like"].tolist() == [1, 0]
    assert by_name["share"].tolist() == by_name["not_interested"].tolist() == [0, 0]
    assert np.isnan(by_name["return"]).all()
    assert np.isnan(by_name["report"]).all()


def test_not_interested_is_a_label_of_its_own(ana, kinds):  # noqa: F811
    watch(ana, kinds[0][0], 300)
    controls.hide(viewer=ana, kind=Hidden.VIDEO, target=kinds[0][0])
    told = log.labels(read(ana), Quantiles.fit(np.empty(0), np.empty(0)))
    assert told[0, heads.TASKS.index("not_interested")] == 1


def test_the_score_that_stood_is_known_without_the_models_term(ana, kinds):  # noqa: F811
    page = page_for(ana, limit=5)
    shown = page.entries[0]
    row = Event.objects.get(kind="served", video_id=shown.video.card.id)
    terms = {**row.data["terms"], "model": 0.25}
    Event.objects.filter(id=row.id).update(data={**row.data, "terms": terms, "score": row.data["score"] + 0.25})
    other = next(video for video in kinds[1] if video not in {entry.video.card.id for entry in page.entries})
    for video_id in (shown.video.card.id, other):
        watch(ana, video_id, 8000)
    found = read(ana)
    scores = dict(zip(found.videos.tolist(), log.scores(found, until=soon()), strict=True))
    assert scores[shown.video.card.id] == pytest.approx(shown.reason.score, abs=1e-6)
    assert np.isnan(scores[other])


def test_what_a_viewer_takes_out_of_their_history_teaches_nothing_more(ana, kinds):  # noqa: F811
    for video_id in kinds[0][:3]:
        watch(ana, video_id, 8000)
    history.forget_video(viewer=ana, video_id=kinds[0][1])
    assert read(ana).videos.tolist() == [kinds[0][0], kinds[0][2]]
    history.forget_all(viewer=ana)
    assert len(read(ana)) == len(log.newest(until=soon(), most=100)) == 0
    assert log.viewers_between(clock.now() - datetime.timedelta(days=1), soon(), most=9) == []


def test_the_place_of_a_watch_is_that_among_videos_as_long():
    rng = np.random.default_rng(1)
    durations = rng.uniform(5, 100, 4000)
    shares = np.clip(20 / durations * rng.uniform(0, 1, 4000), 0, 1)  # longer ones are watched for a smaller share
    told = Quantiles.fit(durations, shares).of(durations, shares)
    short, long = durations < 20, durations > 80
    assert abs(shares[short].mean() - shares[long].mean()) > 0.3
    assert told[short].mean() == pytest.approx(told[long].mean(), abs=0.05)
    assert Quantiles.fit(durations[:9], shares[:9]).of(durations[:9], shares[:9]) == pytest.approx(shares[:9])


def step(**fields) -> None:
    steps.keep(TrainingStep(**{"kind": Kind.MINUTE, "events": 1, **fields}))


def test_trust_is_counted_from_the_newest_judgements_of_the_model_that_is_served():
    step(judged=100, long=40, pairs=60, model_wins=50, score_wins=30, version=1)
    assert steps.judged_lately().labels == 100
    step(kind=Kind.REFIT, version=2, trust=0.5)
    step(judged=10, long=4, pairs=6, model_wins=5, score_wins=3, version=3)
    assert steps.judged_lately().labels == 110, "who beat the champion goes on with its record"
    step(kind=Kind.REFIT, version=4, trust=0)
    step(judged=7, long=3, pairs=2, model_wins=1, score_wins=1, refused="x" * 500)
    assert steps.judged_lately().labels == 7
    assert steps.newest(Kind.MINUTE).refused == "x" * 200


def test_steps_are_kept_for_a_month():
    step()
    TrainingStep.objects.update(at=clock.now() - steps.KEPT - datetime.timedelta(minutes=1))
    step()
    steps.forget_old()
    assert TrainingStep.objects.count() == 1
