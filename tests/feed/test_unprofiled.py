"""The feed that is the same for everybody: nothing of a viewer is read for it, and its bytes prove it."""

import datetime
import itertools
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from revue.accounts.contracts import VISITOR
from revue.events import actions as events
from revue.events.contracts import Event, Kind
from revue.feed import queries
from revue.platform import clock
from revue.platform.paging import BadCursor
from revue.recommender import chart, controls
from revue.recommender.contracts import Why
from revue.recommender.controls import Hidden, Step
from revue.recommender.models import Chart
from revue.social import actions as social
from revue.videos.models import Video
from tests.people import client_of, make_person, viewer_of
from tests.published import publish, publish_many

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 5, 1, 12, 3, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def one_period(monkeypatch):
    monkeypatch.setattr(chart, "current_period", lambda: int(NOW.timestamp()) // chart.PERIOD_S)


@pytest.fixture
def videos() -> list[int]:
    return publish_many([make_person(f"author{number}") for number in range(8)] * 4)


def walk(*, locale: str = "en", limit: int = 7) -> list[int]:
    found, cursor = [], ""
    while cursor is not None:
        page = queries.page_for_everybody(locale=locale, cursor=cursor, limit=limit)
        found += [entry.video.card.id for entry in page.entries]
        cursor = page.next_cursor
    return found


def live(person_id: int, videos: list[int], *, favourite: str) -> None:
    """Give somebody a taste of their own, in every way there is."""
    viewer = viewer_of(person_id)
    social.follow_person(viewer=viewer, handle=favourite)
    now_ms = int(clock.now().timestamp() * 1000)
    for video_id in videos:
        kinds = (Kind.IMPRESSION, Kind.PLAY_START, Kind.COMPLETE)
        report = [Event(id=uuid.uuid4(), kind=kind, video_id=video_id, at_ms=now_ms) for kind in kinds]
        events.record_events(viewer=viewer, events=report)
        social.like_video(viewer=viewer, video_id=video_id)
    controls.set_step(viewer=viewer, topic_id=1, step=Step.NEVER)
    controls.hide(viewer=viewer, kind=Hidden.VIDEO, target=videos[0])
    controls.mute_word(viewer=viewer, word="video")
    controls.settle(viewer=viewer, is_personalised=False, most_videos=3)


def test_two_people_with_different_histories_get_the_same_bytes_page_by_page(videos):
    ana, ben = make_person(), make_person()
    live(ana, videos[:9], favourite="author1")
    live(ben, videos[20:], favourite="author5")
    clients = [client_of(ana), client_of(ben), Client()]
    cursor, pages = "", 0
    while cursor is not None:
        address = f"/api/v1/feed/foryou?personalised=off&limit=10&cursor={cursor}"
        bodies = {client.get(address).content for client in clients}
        assert len(bodies) == 1
        body = clients[0].get(address).json()
        assert body["is_personalised"] is False
        assert {item["viewer"]["liked"] or item["viewer"]["following"] for item in body["items"]} == {False}
        switched = [client.get(f"/api/v1/feed/foryou?limit=10&cursor={cursor}").content for client in clients[:2]]
        assert {*switched} == bodies, "the switch gives the same as the address"
        cursor, pages = body["next_cursor"], pages + 1
    assert pages == 4


def test_nothing_of_the_viewer_is_read_for_it(videos):
    ana = make_person()
    live(ana, videos[:3], favourite="author1")
    client = client_of(ana)
    client.get("/api/v1/feed/foryou?personalised=off")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/api/v1/feed/foryou?personalised=off").json()["items"]
    whose_cookie = ("FROM django_session", 'SELECT "accounts_person"')  # asked of every request, behind the page's back
    asked = [query["sql"] for query in captured if not any(words in query["sql"] for words in whose_cookie)]
    assert len(asked) == 3
    said = " ".join(asked)
    assert str(ana) not in said
    for table in ("recommender_watch", "events_seen", "events_event", "notinterested", "mutedword", "feedsetting"):
        assert table not in said


def test_with_the_switch_off_only_the_switch_is_read(videos):
    ana = make_person()
    live(ana, videos[:3], favourite="author1")
    queries.page_for(viewer_of(ana))
    with CaptureQueriesContext(connection) as captured:
        page = queries.page_for(viewer_of(ana))
    assert not page.is_personalised
    assert [query["sql"] for query in captured if str(ana) in query["sql"]] == [captured[0]["sql"]]
    off = controls.controls_of(viewer_of(ana), only_personalised=True)
    assert (off.never, off.muted, off.videos) == (frozenset(),) * 3
    assert controls.controls_of(viewer_of(ana)).never == {1}


def test_it_shows_every_public_video_once_and_ends(videos):
    publish(make_person(), visibility="unlisted")
    publish(make_person(), visibility="followers")
    assert sorted(walk()) == videos


def test_authors_stand_apart():
    found = publish_many([make_person() for _ in range(6)] * 6)
    writers = dict(Video.objects.values_list("id", "author_id"))
    shown = [writers[video_id] for video_id in walk()]
    assert len(shown) == len(found)
    early = shown[:20]
    assert all(one != two for one, two in itertools.pairwise(early))
    for start in range(len(early) - 9):
        window = early[start : start + 10]
        assert max(window.count(author) for author in window) <= 2


def test_new_and_popular_videos_come_first_and_say_so():
    authors = [make_person() for _ in range(20)]
    old = publish_many(authors, step_s=86_400 * 30)
    popular, new = old[0], publish(make_person())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_videocounts (video_id, impressions, plays, completions, loops, watch_ms, likes,"
            " comments, shares, skips, recent_plays, recent_completions)"
            " VALUES (%s, 0, 50, 50, 0, 0, 0, 0, 0, 0, 50, 50)",
            [popular],
        )
    page = queries.page_for_everybody(locale="en", limit=21)
    reasons = {entry.video.card.id: entry.reason.code for entry in page.entries}
    assert {*[*reasons][:2]} == {popular, new}
    assert (reasons[popular], reasons[new]) == (Why.FINISHED, Why.FRESH)
    assert reasons[old[1]] is Why.CHANCE


def test_an_order_holds_for_its_time_and_languages_have_their_own(videos):
    first = walk()
    publish(make_person())
    assert walk() == first
    assert walk(locale="fr") != first
    assert Chart.objects.count() == 2


def test_what_is_hidden_meanwhile_is_left_out_and_the_feed_goes_on(videos):
    order = walk()
    Video.objects.filter(pk__in=order[:7]).update(visibility="only_me")
    assert walk() == order[7:]


def test_a_cursor_that_is_too_old_or_not_of_this_feed_begins_anew(videos, monkeypatch):
    ana = viewer_of(make_person())
    personal = queries.page_for(ana, limit=3).next_cursor
    everybodys = queries.page_for_everybody(locale="en", limit=3).next_cursor
    with pytest.raises(BadCursor):
        queries.page_for_everybody(locale="en", cursor=personal)
    with pytest.raises(BadCursor):
        queries.page_for(ana, cursor=everybodys)
    controls.settle(viewer=ana, is_personalised=False)
    with pytest.raises(BadCursor):
        queries.page_for(ana, cursor=personal)
    later = int(NOW.timestamp()) // chart.PERIOD_S + chart.KEPT + 1
    monkeypatch.setattr(chart, "current_period", lambda: later)
    chart.forget_old()
    with pytest.raises(BadCursor):
        queries.page_for_everybody(locale="en", cursor=everybodys)


def test_an_empty_instance_has_an_empty_feed_that_ends():
    page = queries.page_for_everybody(locale="en")
    assert (page.entries, page.next_cursor) == ((), None)


def test_marks_are_asked_for_apart(videos):
    ana = viewer_of(make_person())
    social.like_video(viewer=ana, video_id=videos[0])
    social.follow_person(viewer=ana, handle="author1")
    marked = queries.marked(ana, video_ids=videos[:2])
    assert [(shown.liked, shown.following) for shown in marked.values()] == [(True, False), (False, True)]
    assert not queries.marked(VISITOR, video_ids=videos[:1])[videos[0]].liked
