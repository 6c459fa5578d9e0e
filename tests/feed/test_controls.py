"""What viewers do not want stands in none of their feeds, whatever the ranker gives; a visit ends where they say."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from revue.accounts.contracts import VISITOR, Viewer
from revue.events.models import Event
from revue.feed import foryou
from revue.feed.contracts import Source
from revue.feed.queries import page_for, videos_of_person, videos_with_sound, videos_with_tag
from revue.recommender import controls
from revue.recommender.contracts import Found, Pick, Why
from revue.recommender.controls import Hidden, Step
from revue.social.models import Follow
from revue.videos.models import Video
from tests.people import make_person, viewer_of
from tests.published import give_sound, publish, publish_many

pytestmark = pytest.mark.django_db
DANCE = 1
FEEDS = (Source.FORYOU, Source.FOLLOWING)


@pytest.fixture
def ana() -> Viewer:
    return viewer_of(make_person("ana"))


@pytest.fixture
def authors(ana) -> list[int]:
    """Ten people whom ana follows."""
    found = [make_person(f"author{number}") for number in range(10)]
    Follow.objects.bulk_create(Follow(follower_id=ana.person_id, followed_id=author) for author in found)
    return found


def walk(viewer: Viewer, source: Source, *, limit: int = 10) -> list[int]:
    found, cursor = [], ""
    while cursor is not None:
        page = page_for(viewer, source=source, cursor=cursor, limit=limit)
        found += [entry.video.card.id for entry in page.entries]
        cursor = page.next_cursor
    return found


@pytest.mark.parametrize("source", FEEDS)
@pytest.mark.parametrize("kind", [*Hidden, "never", "word", "handle", "tag word"])
def test_what_a_viewer_does_not_want_is_in_no_feed(ana, authors, source, kind):
    others = publish_many(authors)
    creator = make_person("unwanted.one")
    Follow.objects.create(follower_id=ana.person_id, followed_id=creator)
    video = publish(creator, caption="So c@t #dance #waltz", tags=["dance", "waltz"])
    sound = give_sound(creator, video)
    targets = {"video": video, "creator": creator, "sound": sound, "topic": DANCE, "tag": "Waltz"}
    match kind:
        case Hidden():
            controls.hide(viewer=ana, kind=kind, target=targets[kind])
        case "never":
            controls.set_step(viewer=ana, topic_id=DANCE, step=Step.NEVER)
        case _:
            words = {"word": "cat", "handle": "unwanted", "tag word": "#waltz"}
            controls.mute_word(viewer=ana, word=words[kind])
    assert sorted(walk(ana, source)) == others
    stranger = viewer_of(make_person())
    Follow.objects.create(follower_id=stranger.person_id, followed_id=creator)
    assert video in walk(stranger, source)


@pytest.mark.parametrize("source", FEEDS)
def test_a_never_topic_and_a_hidden_creator_are_absent_from_a_thousand_impressions(ana, authors, source, monkeypatch):
    found = publish_many(authors * 24)
    Video.objects.filter(pk__in=found[::2]).update(caption="look #dancing", tags=["dancing"])
    hidden = authors[1]
    controls.set_step(viewer=ana, topic_id=DANCE, step=Step.NEVER)
    controls.hide(viewer=ana, kind=Hidden.CREATOR, target=hidden)
    wanted = set(Video.objects.exclude(tags=["dancing"]).exclude(author_id=hidden).values_list("pk", flat=True))
    shown: list[int] = []
    while len(shown) < 1000:
        shown += walk(ana, source, limit=30)
    assert set(shown) == wanted


def test_a_ranker_that_insists_on_what_is_not_wanted_shows_nothing_of_it(ana, authors, monkeypatch):
    found = publish_many(authors * 5)
    Video.objects.update(tags=["dance"])
    Video.objects.filter(pk=found[3]).update(tags=[])
    controls.set_step(viewer=ana, topic_id=DANCE, step=Step.NEVER)

    def stubborn(remembered, controls, *, seed, count, gone=frozenset()):
        rest = [video_id for video_id in found if video_id not in remembered.served]
        return [Pick(video_id, 1, 1.0, Why.CHANCE, Found.EVERYTHING, False, 0.0, ()) for video_id in rest[:count]]

    monkeypatch.setattr(foryou.recommender, "rank", stubborn)
    assert walk(ana, Source.FORYOU) == [found[3]]


def test_a_page_is_whole_although_most_of_the_catalogue_is_not_wanted(ana, authors):
    found = publish_many(authors * 12)
    Video.objects.filter(pk__in=found[12:]).update(tags=["dance"])
    controls.set_step(viewer=ana, topic_id=DANCE, step=Step.NEVER)
    page = page_for(ana, limit=10)
    assert len(page.entries) == 10
    assert sorted(walk(ana, Source.FORYOU)) == found[:12]


def test_what_is_not_wanted_vanishes_from_a_page_that_was_served_before(ana, authors):
    publish_many(authors)
    first = page_for(ana, limit=3)
    second = page_for(ana, limit=3, cursor=first.next_cursor)
    gone = second.entries[0].video.card.author.id
    controls.hide(viewer=ana, kind=Hidden.CREATOR, target=gone)
    again = page_for(ana, limit=3, cursor=first.next_cursor)
    assert again.entries == second.entries[1:]


def test_undoing_brings_it_back(ana, authors):
    video = publish(authors[0])
    controls.hide(viewer=ana, kind=Hidden.VIDEO, target=video)
    assert walk(ana, Source.FORYOU) == []
    controls.unhide(viewer=ana, kind=Hidden.VIDEO, target=video)
    assert walk(ana, Source.FORYOU) == walk(ana, Source.FOLLOWING) == [video]


def test_where_somebody_goes_of_their_own_accord_nothing_is_kept_from_them(ana, authors):
    video = publish(authors[0], tags=["dance"])
    sound = give_sound(authors[0], video)
    controls.set_step(viewer=ana, topic_id=DANCE, step=Step.NEVER)
    for page in (
        videos_of_person(ana, handle="author0"),
        videos_with_tag(ana, tag="dance"),
        videos_with_sound(ana, sound_id=sound),
    ):
        assert [shown.card.id for shown in page.videos] == [video]


def test_controls_cost_a_page_one_query_more_and_visitors_without_a_name_none(ana, authors):
    publish_many(authors * 3)
    controls.set_step(viewer=ana, topic_id=DANCE, step=Step.NEVER)
    for viewer, most in ((ana, 5), (VISITOR, 4)):
        page_for(viewer)
        with CaptureQueriesContext(connection) as captured:
            assert len(page_for(viewer).entries) == 10
        assert len(captured) <= most


@pytest.mark.parametrize("source", FEEDS)
def test_a_visit_ends_after_as_many_videos_as_were_set_and_goes_on_when_asked(ana, authors, source):
    found = publish_many(authors)
    controls.settle(viewer=ana, most_videos=4)
    first = page_for(ana, source=source, limit=3)
    second = page_for(ana, source=source, limit=3, cursor=first.next_cursor)
    end = page_for(ana, source=source, limit=3, cursor=second.next_cursor)
    assert [len(page.entries) for page in (first, second, end)] == [3, 1, 0]
    assert (first.onward_cursor, second.onward_cursor, end.next_cursor) == (None, None, None)
    onward = page_for(ana, source=source, limit=10, cursor=end.onward_cursor)
    assert len(onward.entries) == 4
    seen = [entry.video.card.id for page in (first, second, onward) for entry in page.entries]
    assert len(set(seen)) == len(seen) == 8
    assert [entry.position for entry in onward.entries] == [4, 5, 6, 7]
    assert page_for(ana, source=source, cursor=onward.next_cursor).onward_cursor
    assert set(seen) <= set(found)


def test_a_bound_that_is_taken_away_ends_nothing_any_more(ana, authors):
    publish_many(authors)
    controls.settle(viewer=ana, most_videos=2)
    first = page_for(ana)
    controls.settle(viewer=ana, most_videos=None)
    assert len(page_for(ana, cursor=first.next_cursor).entries) == 8


def test_while_history_is_paused_what_is_served_names_nobody(ana, authors):
    publish_many(authors)
    controls.settle(viewer=ana, is_history_paused=True)
    first = page_for(ana, limit=5)
    second = page_for(ana, limit=5, cursor=first.next_cursor)
    assert len({entry.video.card.id for page in (first, second) for entry in page.entries}) == 10
    assert set(Event.objects.values_list("person_id", "viewer")) == {(None, 0)}
