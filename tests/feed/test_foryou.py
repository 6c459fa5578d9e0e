"""For You: no repeats, an honest end, true reasons, few queries."""

import itertools
import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from revue.accounts.contracts import VISITOR, Viewer
from revue.events.models import Event
from revue.events.policy import viewer_key
from revue.feed.contracts import FeedPage, Source
from revue.feed.queries import page_for
from revue.platform.paging import BadCursor
from revue.recommender import snapshot
from revue.recommender.contracts import Why
from revue.recommender.queries import MODEL_VERSION
from revue.social.models import Follow, Like
from revue.videos.models import Video
from tests.people import make_person, viewer_of
from tests.published import publish, publish_many

pytestmark = pytest.mark.django_db


def ids_on(page: FeedPage) -> list[int]:
    return [entry.video.card.id for entry in page.entries]


def walk(viewer: Viewer, *, limit: int = 10, most: int = 100) -> list[int]:
    """Everything a session shows until its end."""
    found, cursor = [], ""
    for _ in range(most):
        page = page_for(viewer, cursor=cursor, limit=limit)
        found += ids_on(page)
        if page.next_cursor is None:
            return found
        cursor = page.next_cursor
    raise AssertionError("the feed never ends")


def people(count: int) -> list[int]:
    return [make_person() for _ in range(count)]


def test_an_empty_instance_has_an_empty_feed_that_ends():
    page = page_for(VISITOR)
    assert (page.entries, page.next_cursor) == ((), None)


def test_a_session_shows_every_public_video_once_and_ends():
    videos = publish_many(people(6) * 5)
    assert sorted(walk(VISITOR, limit=7)) == sorted(videos)


def test_only_public_videos_stand_in_it():
    author = make_person()
    shown = publish(author)
    for fields in (
        {"visibility": "unlisted"},
        {"visibility": "only_me"},
        {"state": "removed"},
        {"state": "processing"},
    ):
        publish(author, **fields)
    for viewer in (VISITOR, viewer_of(author)):
        assert walk(viewer) == [shown]


def test_a_video_published_during_a_session_appears_in_it():
    publish_many(people(3))
    first = page_for(VISITOR, limit=2)
    new = publish(make_person())
    rest = page_for(VISITOR, cursor=first.next_cursor, limit=10)
    assert new in ids_on(rest)
    assert rest.next_cursor is None


@pytest.mark.parametrize("change", [{"visibility": "only_me"}, {"visibility": "unlisted"}, {"state": "removed"}])
def test_a_video_that_is_hidden_during_a_session_vanishes_and_others_fill_the_page(change):
    videos = publish_many(people(8))
    first = page_for(VISITOR, limit=2)
    hidden = [video for video in videos if video not in ids_on(first)][:3]
    Video.objects.filter(id__in=hidden).update(**change)
    rest = page_for(VISITOR, cursor=first.next_cursor, limit=10)
    assert sorted(ids_on(first) + ids_on(rest)) == sorted(set(videos) - set(hidden))
    assert rest.next_cursor is None


def test_asking_for_the_same_cursor_again_gives_the_same_page():
    publish_many(people(10))
    first = page_for(VISITOR, limit=3)
    second = page_for(VISITOR, cursor=first.next_cursor, limit=3)
    again = page_for(VISITOR, cursor=first.next_cursor, limit=3)
    assert again == second


def test_a_page_asked_for_again_leaves_out_what_vanished_and_goes_on_without_repeats():
    publish_many(people(10))
    first = page_for(VISITOR, limit=3)
    second = page_for(VISITOR, cursor=first.next_cursor, limit=3)
    Video.objects.filter(id=ids_on(second)[0]).update(visibility="only_me")
    again = page_for(VISITOR, cursor=first.next_cursor, limit=3)
    third = page_for(VISITOR, cursor=again.next_cursor, limit=10)
    assert ids_on(again) == ids_on(second)[1:]
    shown = ids_on(first) + ids_on(second) + ids_on(third)
    assert len(set(shown)) == len(shown) == 10


def test_positions_count_on_over_the_session():
    publish_many(people(9))
    first = page_for(VISITOR, limit=4)
    second = page_for(VISITOR, cursor=first.next_cursor, limit=4)
    assert [entry.position for entry in first.entries + second.entries] == list(range(8))


def test_what_was_served_is_logged_with_position_propensity_and_model():
    videos = publish_many(people(5))
    ana = viewer_of(make_person())
    page = page_for(ana, limit=3)
    rows = list(Event.objects.filter(kind="served").order_by("position"))
    assert [row.video_id for row in rows] == ids_on(page)
    assert [row.propensity for row in rows] == [pytest.approx(entry.propensity) for entry in page.entries]
    assert {(row.person_id, row.viewer, row.source, row.model_version) for row in rows} == {
        (ana.person_id, viewer_key(ana), "foryou", MODEL_VERSION)
    }
    assert set(ids_on(page)) <= set(videos)


def test_what_was_watched_before_comes_after_everything_new():
    videos = publish_many(people(6))
    ana = viewer_of(make_person())
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO events_seen (viewer, video_id) VALUES (%s, %s)",
            [(ana.person_id, video) for video in videos[:4]],
        )
    page = page_for(ana, limit=6)
    assert set(ids_on(page)[2:]) == set(videos[:4])
    assert {entry.reason.code for entry in page.entries[2:]} == {Why.AGAIN}


def test_at_most_two_of_an_author_stand_among_ten_and_never_side_by_side():
    authors = people(8)
    publish_many(authors * 6)
    writers = dict(Video.objects.values_list("id", "author_id"))
    shown = [writers[video] for video in walk(VISITOR, limit=5)][:30]
    for start in range(len(shown) - 9):
        window = shown[start : start + 10]
        assert max(window.count(author) for author in window) <= 2
    assert all(one != two for one, two in itertools.pairwise(shown))


def test_following_an_author_is_said_by_name():
    ana, ben = make_person("ana"), make_person("ben")
    publish_many([ben, *people(3)], step_s=86_400 * 100)
    Follow.objects.create(follower_id=ana, followed_id=ben)
    texts = {}
    for _ in range(30):
        for entry in page_for(viewer_of(ana), limit=4).entries:
            texts.setdefault(entry.video.card.author.handle, set()).add(entry.reason.text)
    assert "You follow @ben" in texts["ben"]
    assert all("You follow" not in text for handle in texts if handle != "ben" for text in texts[handle])


def test_counts_and_marks_are_the_viewers_own():
    ana, ben = make_person("ana"), make_person("ben")
    video = publish(ben)
    Like.objects.create(person_id=ana, video_id=video)
    Follow.objects.create(follower_id=ana, followed_id=ben)
    mine, theirs = (page_for(viewer_of(person)).entries[0].video for person in (ana, ben))
    assert (mine.liked, mine.following, mine.is_author) == (True, True, False)
    assert (theirs.liked, theirs.following, theirs.is_author) == (False, False, True)


@pytest.mark.parametrize("cursor", ["nonsense", "eyJzIjoxLCJuIjowfQ:1abc:forged"])
def test_a_foreign_cursor_is_refused(cursor):
    with pytest.raises(BadCursor):
        page_for(VISITOR, cursor=cursor)


def test_a_cursor_of_another_list_is_refused():
    ana = viewer_of(make_person())
    publish_many(people(3))
    foryou = page_for(ana, limit=1).next_cursor
    with pytest.raises(BadCursor):
        page_for(ana, source=Source.FOLLOWING, cursor=foryou)


@pytest.mark.parametrize("is_member", [False, True])
def test_a_page_takes_at_most_four_queries_and_one_for_a_viewers_controls(is_member):
    publish_many(people(5) * 8)
    viewer = viewer_of(make_person()) if is_member else VISITOR
    first = page_for(viewer)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page = page_for(viewer, cursor=first.next_cursor)
    assert len(page.entries) == 10
    assert len(captured) <= (5 if is_member else 4), [query["sql"][:80] for query in captured.captured_queries]


def test_the_catalogue_is_read_once_for_many_pages():
    publish_many(people(5) * 8)
    page_for(VISITOR)
    before = snapshot.snapshot.generation
    for _ in range(5):
        page_for(VISITOR)
    assert snapshot.snapshot.generation == before


@pytest.mark.django_db(transaction=True)
def test_the_same_page_asked_for_many_times_at_once_is_one_page():
    publish_many(people(5) * 6)
    first = page_for(VISITOR, limit=5)
    answers: list[list[int]] = []

    def ask(limit: int) -> None:
        try:
            answers.append(ids_on(page_for(VISITOR, cursor=first.next_cursor, limit=limit)))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(4 + number % 3,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    longest = max(answers, key=len)
    assert len(answers) == 8
    assert all(answer == longest[: len(answer)] for answer in answers)
    served = list(Event.objects.filter(kind="served").values_list("position", "video_id"))
    assert len({position for position, _ in served}) == len({video for _, video in served}) == len(served)
