"""What others watch long who watched the same long; and what a like adds to a watch."""

import numpy as np
import pytest

from revue.events.contracts import Kind
from revue.feed.queries import page_for
from revue.recommender import together
from revue.recommender.engine.formula import FORMULA
from revue.recommender.engine.signals import Mark, worth
from revue.recommender.models import Watch
from tests.feed.test_reranking import watch
from tests.people import make_person, viewer_of
from tests.published import publish, publish_many

pytestmark = pytest.mark.django_db
WHOLE_MS = 8000


@pytest.fixture
def videos() -> list[int]:
    """Of many people and without content vectors: only who watched them says anything of them."""
    return publish_many([make_person() for _ in range(60)])


def watchers(videos: list[int], count: int = 6) -> None:
    """People who watch all of these to their end, one after the other."""
    for _ in range(count):
        viewer = viewer_of(make_person())
        for video_id in videos:
            watch(viewer, video_id, WHOLE_MS, Kind.PLAY_START, Kind.COMPLETE)


def test_what_others_watch_after_the_same_videos_is_found_and_explained_before_anything_is_trained(videos):
    ana, shared, hidden = viewer_of(make_person("ana")), videos[:3], videos[40:43]
    watchers([*shared, *hidden])
    for video_id in shared:
        watch(ana, video_id, WHOLE_MS, Kind.PLAY_START, Kind.COMPLETE)
    near, scores = together.Together().near(np.array(shared))
    assert set(hidden) <= set(near.tolist())
    assert (scores > 0).all()
    page = page_for(ana, limit=10)
    terms = {entry.video.card.id: {term.name: term.value for term in entry.reason.terms} for entry in page.entries}
    shown = [terms[video_id]["together"] for video_id in hidden if video_id in terms]
    assert len(shown) >= 2
    assert all(term > 0.05 for term in shown)
    assert not any("together" in told for video_id, told in terms.items() if video_id not in (*shared, *hidden))


def test_a_long_view_is_counted_by_a_process_that_has_begun_already(videos):
    begun = together.Together()
    assert len(begun.near(np.array(videos[:1]))[0]) == 0
    watchers(videos[:2], count=1)
    begun._due = 0.0
    assert begun.near(np.array(videos[:1]))[0].tolist() == [videos[1]]


def test_only_the_first_long_view_of_a_video_by_a_viewer_counts(videos):
    ana = viewer_of(make_person("ana"))
    watch(ana, videos[0], WHOLE_MS, Kind.COMPLETE)
    first = Watch.objects.get(viewer=ana.person_id).long_at
    watch(ana, videos[0], WHOLE_MS, Kind.COMPLETE)
    assert Watch.objects.get(viewer=ana.person_id).long_at == first is not None


def test_a_backlog_is_counted_in_pieces(videos, monkeypatch):
    monkeypatch.setattr(together, "_COUNTS", {"most": 4, "before": 20})
    watchers(videos[:5], count=2)
    late = together.Together()
    found = []
    for _ in range(4):
        late._due = 0.0
        found.append(late.near(np.array(videos[:1]))[1].sum())
    assert found[0] < found[2]
    assert set(late.near(np.array(videos[:1]))[0].tolist()) == set(videos[1:5])


def test_somebody_without_a_long_view_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert len(together.Together().near(np.empty(0, np.int64))[0]) == 0


def test_a_like_says_as_much_as_watching_more_of_a_video_and_never_more_than_all():
    told = worth(np.array([0.2, 0.2, 0.9]), np.array([Mark.LONG, Mark.LIKED | Mark.LONG, Mark.SHARED | Mark.FOLLOWED]))
    assert told[0] == 0.2 < told[1] < told[2] == 1.0


def test_a_save_and_a_repost_are_kept_with_the_watch_and_say_what_is_published():
    watch(viewer_of(make_person()), publish(make_person()), 400, Kind.SAVE, Kind.REPOST, Kind.UNSAVE)
    kept = Watch.objects.get()
    assert (kept.is_saved, kept.is_reposted, kept.is_liked) == (True, True, False)
    told = worth(np.zeros(2), np.array([Mark.SAVED, Mark.REPOSTED]))
    assert told.tolist() == [FORMULA.save_worth, FORMULA.repost_worth]
