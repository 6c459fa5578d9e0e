"""Saves and collections: once each, for oneself unless shown, and what is deleted takes no save along."""

import threading

import pytest
from django.db import connection

from revue.accounts import actions as accounts
from revue.accounts.contracts import VISITOR
from revue.events import queries as events
from revue.feed import kept
from revue.feed.queries import video as shown
from revue.platform.errors import NotFound, SignInNeeded
from revue.platform.paging import BadCursor
from revue.social import actions, queries
from revue.social.contracts import PersonList, SaveState
from revue.social.errors import (
    BadCollectionName,
    CollectionExists,
    CollectionNotFound,
    ListHidden,
    NotSaved,
    TooManyCollections,
)
from revue.social.models import Collection, Save
from revue.videos.models import Video
from tests.people import make_person, viewer_of
from tests.published import publish, publish_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> int:
    return make_person("ana")


@pytest.fixture
def ben() -> int:
    return make_person("ben")


def save(person_id: int, video_id: int) -> SaveState:
    return actions.save_video(viewer=viewer_of(person_id), video_id=video_id)


def collect(person_id: int, name: str, *video_ids: int, is_public: bool = False) -> int:
    viewer = viewer_of(person_id)
    found = actions.make_collection(viewer=viewer, name=name, is_public=is_public)
    for video_id in video_ids:
        actions.save_video(viewer=viewer, video_id=video_id)
    actions.move_saves(viewer=viewer, video_ids=video_ids, collection_id=found)
    return found


def test_a_save_counts_once_and_can_be_taken_back(ana, ben, django_assert_num_queries):
    video_id = publish(ben)
    assert save(ana, video_id) == save(ana, video_id) == SaveState(saved=True, save_count=1, collection_id=None)
    with django_assert_num_queries(2):  # the card, and counts with marks
        seen = shown(viewer_of(ana), video_id=video_id)
    assert (seen.saves, seen.saved, seen.liked) == (1, True, False)
    assert not shown(viewer_of(ben), video_id=video_id).saved
    for _ in range(2):
        assert actions.unsave_video(viewer=viewer_of(ana), video_id=video_id) == SaveState(False, 0, None)


def test_saving_needs_an_account_and_a_video_one_may_watch(ana, ben):
    with pytest.raises(SignInNeeded):
        actions.save_video(viewer=VISITOR, video_id=publish(ben))
    with pytest.raises(NotFound):
        save(ana, publish(ben, visibility="only_me"))
    assert not Save.objects.exists()


def test_what_is_saved_is_listed_by_when_it_was_saved_and_for_its_owner_alone(ana, ben):
    videos = publish_many([ben] * 5)
    for video_id in (videos[3], videos[0], videos[4], videos[1]):
        save(ana, video_id)
    Video.objects.filter(pk=videos[0]).update(visibility="only_me")
    viewer = viewer_of(ana)
    first = kept.saves(viewer, handle="ana", limit=2)
    save(ana, videos[2])  # meanwhile
    rest = kept.saves(viewer, handle="ana", limit=2, cursor=first.next_cursor)
    assert [one.card.id for one in (*first.videos, *rest.videos)] == [videos[1], videos[4], videos[3]]
    assert rest.next_cursor is None
    with pytest.raises(BadCursor):
        kept.likes(viewer, handle="ana", cursor=first.next_cursor)
    for stranger in (VISITOR, viewer_of(ben)):
        for read in (kept.saves, kept.likes):
            with pytest.raises(ListHidden):
                read(stranger, handle="ana")
        assert queries.person_page(viewer=stranger, handle="ana").lists == (PersonList.REPOSTS,)
    assert queries.person_page(viewer=viewer, handle="ana").lists == tuple(PersonList)
    with pytest.raises(NotFound):
        kept.saves(viewer, handle="nobody.here")


def test_likes_are_listed_by_when_they_were_given(ana, ben):
    videos = publish_many([ben] * 3)
    for video_id in (videos[1], videos[0], videos[2]):
        actions.like_video(viewer=viewer_of(ana), video_id=video_id)
    page = kept.likes(viewer_of(ana), handle="ana")
    assert [one.card.id for one in page.videos] == [videos[2], videos[0], videos[1]]


def test_a_collection_is_made_once_renamed_shown_and_deleted_without_its_saves(ana, ben):
    viewer, video_id = viewer_of(ana), publish(ben)
    made = collect(ana, " Steps \n to learn ", video_id)
    assert actions.make_collection(viewer=viewer, name="Steps to learn", is_public=True) == made
    view = queries.collection(viewer=viewer, collection_id=made)
    assert (view.name, view.is_public, view.video_count, view.is_own) == ("Steps to learn", False, 1, True)
    assert view.cover_url
    assert save(ana, video_id).collection_id == made  # saving again leaves it where it lies
    with pytest.raises(CollectionNotFound):
        queries.collection(viewer=viewer_of(ben), collection_id=made)
    other = collect(ana, "Songs")
    with pytest.raises(CollectionExists):
        actions.edit_collection(viewer=viewer, collection_id=other, name="Steps to learn")
    actions.edit_collection(viewer=viewer, collection_id=made, name="Steps", is_public=True)
    assert queries.collection(viewer=VISITOR, collection_id=made).name == "Steps"
    actions.delete_collection(viewer=viewer, collection_id=made)
    assert save(ana, video_id) == SaveState(saved=True, save_count=1, collection_id=None)
    for text in ("", " \n", "x" * 51, "\u0007"):
        with pytest.raises(BadCollectionName):
            actions.make_collection(viewer=viewer, name=text)


def test_nobody_changes_the_collections_of_others(ana, ben):
    made = collect(ana, "Steps", publish(ben), is_public=True)
    viewer = viewer_of(ben)
    for change in (actions.edit_collection, actions.delete_collection):
        with pytest.raises(CollectionNotFound):
            change(viewer=viewer, collection_id=made)
    with pytest.raises(CollectionNotFound):
        actions.move_saves(viewer=viewer, video_ids=[1], collection_id=made)


def test_a_public_collection_shows_others_what_stands_in_lists(ana, ben):
    public, unlisted, hidden = publish(ben), publish(ben, visibility="unlisted"), publish(ben)
    made = collect(ana, "Steps", public, unlisted, hidden, is_public=True)
    collect(ana, "Mine")
    Video.objects.filter(pk=hidden).update(visibility="only_me")
    for viewer, listed, names in (
        (VISITOR, [public], ["Steps"]),
        (viewer_of(ana), [unlisted, public], ["Mine", "Steps"]),
    ):
        page = queries.collections(viewer=viewer, handle="ana")
        assert [one.name for one in page.collections] == names
        assert page.collections[-1].video_count == len(listed)
        assert [one.card.id for one in kept.collected(viewer, collection_id=made).videos] == listed
    assert PersonList.COLLECTIONS in queries.person_page(viewer=VISITOR, handle="ana").lists


def test_collections_come_in_pages_and_there_is_an_end_to_them(ana, monkeypatch):
    monkeypatch.setattr("revue.social.actions.collections.MOST_COLLECTIONS", 3)
    names = [f"Number {number}" for number in range(3)]
    for name in names:
        collect(ana, name)
    with pytest.raises(TooManyCollections):
        collect(ana, "One more")
    assert collect(ana, names[0])  # that one is there
    first = queries.collections(viewer=viewer_of(ana), handle="ana", limit=2)
    rest = queries.collections(viewer=viewer_of(ana), handle="ana", limit=2, cursor=first.next_cursor)
    assert [one.name for one in (*first.collections, *rest.collections)] == names[::-1]
    assert rest.next_cursor is None


def test_moving_tells_what_became_of_each(ana, ben):
    videos = publish_many([ben] * 3)
    made = collect(ana, "Steps", videos[0])
    save(ana, videos[1])
    save(ben, videos[2])
    viewer = viewer_of(ana)
    outcomes = actions.move_saves(viewer=viewer, video_ids=[*videos, videos[0]], collection_id=made)
    assert [(one.video_id, type(one.error)) for one in outcomes] == [
        (videos[0], type(None)),
        (videos[1], type(None)),
        (videos[2], NotSaved),
    ]
    assert [one.card.id for one in kept.collected(viewer, collection_id=made).videos] == [videos[1], videos[0]]
    actions.move_saves(viewer=viewer, video_ids=[videos[0]], collection_id=None)
    assert [one.card.id for one in kept.collected(viewer, collection_id=made).videos] == [videos[1]]


def test_who_leaves_takes_saves_collections_and_reposts_along_and_the_night_counts_anew(ana, ben):
    videos = publish_many([ben] * 2)
    collect(ana, "Steps", *videos, is_public=True)
    actions.repost_video(viewer=viewer_of(ana), video_id=videos[0], note="look")
    save(ben, videos[1])
    accounts.delete_person(person_id=ana)
    assert not Collection.objects.exists()
    actions.recount()
    counts = events.counts_of(videos)
    assert [(counts[one].saves, counts[one].reposts) for one in videos] == [(0, 0), (1, 0)]


@pytest.mark.django_db(transaction=True)
def test_saving_moving_and_deleting_at_once_leave_rows_and_counts_agreeing():
    ana, ben = make_person("ana"), make_person("ben")
    video_id = publish(ben)
    viewer, errors = viewer_of(ana), list[Exception]()

    def run(number: int) -> None:
        try:
            for step in range(6):
                made = actions.make_collection(viewer=viewer, name="Steps")
                actions.save_video(viewer=viewer, video_id=video_id)
                try:
                    actions.move_saves(viewer=viewer, video_ids=[video_id], collection_id=made)
                    if (number + step) % 3 == 0:
                        actions.delete_collection(viewer=viewer, collection_id=made)
                except CollectionNotFound:
                    continue  # another has deleted it
                if (number + step) % 2:
                    actions.unsave_video(viewer=viewer, video_id=video_id)
        except Exception as error:  # noqa: BLE001 - told below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert events.counts_of([video_id])[video_id].saves == Save.objects.count()
