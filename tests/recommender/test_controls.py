"""What viewers set about their feeds: kept per viewer, read whole, undone at will, gone with them."""

import datetime
import threading

import pytest
from django.apps import apps
from django.db import connection

from revue.accounts import actions as accounts
from revue.accounts.contracts import VISITOR, Viewer
from revue.events.policy import viewer_key
from revue.platform import clock
from revue.platform.errors import SignInNeeded
from revue.recommender import controls
from revue.recommender.controls import BadControl, Controls, Hidden, Step, TooManyControls, change
from revue.recommender.models import FeedSetting, MutedWord, NotInterested, TopicDial
from revue.videos import actions as videos
from tests.people import make_person, viewer_of
from tests.published import give_sound, publish

pytestmark = pytest.mark.django_db
DANCE, MUSIC, FOOD = 1, 5, 7
TABLES = (NotInterested, TopicDial, MutedWord, FeedSetting)


@pytest.fixture
def ana() -> Viewer:
    return viewer_of(make_person())


def test_whoever_has_set_nothing_has_the_defaults(ana, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert controls.controls_of(ana) == Controls()
    with django_assert_num_queries(0):
        assert controls.controls_of(VISITOR) == Controls()


def test_everything_that_is_set_is_read_in_one_statement(ana, django_assert_num_queries):
    for kind, target in ((Hidden.VIDEO, 1), (Hidden.CREATOR, 2), (Hidden.SOUND, 3), (Hidden.TOPIC, FOOD)):
        controls.hide(viewer=ana, kind=kind, target=target)
    controls.hide(viewer=ana, kind=Hidden.TAG, target="#Été")
    controls.set_step(viewer=ana, topic_id=DANCE, step=Step.NEVER)
    controls.set_step(viewer=ana, topic_id=MUSIC, step=Step.MORE)
    controls.mute_word(viewer=ana, word=" Déjà   vu ")
    controls.settle(viewer=ana, is_personalised=False, is_history_paused=True, most_videos=20, most_minutes=30)
    with django_assert_num_queries(1):
        assert controls.controls_of(ana) == Controls(
            videos=frozenset({1}),
            creators=frozenset({2}),
            sounds=frozenset({3}),
            topics=frozenset({FOOD}),
            tags=frozenset({"ete"}),
            never=frozenset({DANCE}),
            factors={MUSIC: 1.5},
            muted=frozenset({"deja vu"}),
            is_personalised=False,
            is_history_paused=True,
            most_videos=20,
            most_minutes=30,
        )


def test_a_visitor_has_controls_of_their_own():
    one, two = Viewer(session_key="one"), Viewer(session_key="two")
    controls.set_step(viewer=one, topic_id=DANCE, step=Step.NEVER)
    assert controls.controls_of(one).never == {DANCE}
    assert controls.controls_of(two) == Controls()


def test_nobody_in_particular_is_asked_to_sign_in():
    with pytest.raises(SignInNeeded):
        controls.hide(viewer=VISITOR, kind=Hidden.VIDEO, target=1)
    with pytest.raises(SignInNeeded):
        controls.settle(viewer=VISITOR, is_personalised=False)


def test_doing_and_undoing_twice_is_doing_and_undoing_once(ana):
    for _ in range(2):
        controls.hide(viewer=ana, kind=Hidden.CREATOR, target=5)
        controls.mute_word(viewer=ana, word="Cat")
        controls.mute_word(viewer=ana, word="cat")
        controls.set_step(viewer=ana, topic_id=DANCE, step=Step.LESS)
    assert [table.objects.count() for table in TABLES[:3]] == [1, 1, 1]
    for _ in range(2):
        controls.unhide(viewer=ana, kind=Hidden.CREATOR, target=5)
        controls.unmute_word(viewer=ana, word="CAT")
        controls.set_step(viewer=ana, topic_id=DANCE, step=Step.USUAL)
    assert controls.controls_of(ana) == Controls()


def test_what_is_left_out_of_the_settings_stays(ana):
    controls.settle(viewer=ana, most_videos=10, is_personalised=False)
    controls.settle(viewer=ana, is_personalised=True)
    assert controls.controls_of(ana) == Controls(most_videos=10)
    controls.settle(viewer=ana, most_videos=None)
    assert controls.controls_of(ana) == Controls()


@pytest.mark.parametrize("word", ["", "   ", "#", "?!", "x" * 61])
def test_a_word_that_cannot_be_compared_is_refused(ana, word):
    with pytest.raises(BadControl):
        controls.mute_word(viewer=ana, word=word)


def test_what_does_not_exist_is_refused(ana):
    for wrong in ({"kind": Hidden.TOPIC, "target": 99}, {"kind": Hidden.TAG, "target": "#"}):
        with pytest.raises(BadControl):
            controls.hide(viewer=ana, **wrong)
    with pytest.raises(BadControl):
        controls.set_step(viewer=ana, topic_id=99, step=Step.NEVER)
    for bound in ({"most_videos": 0}, {"most_minutes": 601}):
        with pytest.raises(BadControl):
            controls.settle(viewer=ana, **bound)
    assert [table.objects.count() for table in TABLES] == [0] * 4


def test_full_lists_say_so(ana, monkeypatch):
    monkeypatch.setattr(change, "MOST_MUTED", 2)
    monkeypatch.setattr(change, "MOST_HIDDEN", 2)
    for number in range(2):
        controls.mute_word(viewer=ana, word=f"word{number}")
        controls.hide(viewer=ana, kind=Hidden.VIDEO, target=number)
    with pytest.raises(TooManyControls):
        controls.mute_word(viewer=ana, word="another")
    with pytest.raises(TooManyControls):
        controls.hide(viewer=ana, kind=Hidden.VIDEO, target=9)
    controls.mute_word(viewer=ana, word="word1")


@pytest.mark.django_db(transaction=True)
def test_a_list_does_not_grow_past_its_end_when_many_write_at_once(monkeypatch):
    ana = viewer_of(make_person())
    monkeypatch.setattr(change, "MOST_MUTED", 3)
    refused: list[TooManyControls] = []

    def mute(number: int) -> None:
        try:
            controls.mute_word(viewer=ana, word=f"word{number}")
        except TooManyControls as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=mute, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (MutedWord.objects.count(), len(refused)) == (3, 5)


def test_the_list_names_what_stands_in_it_newest_first_page_by_page(ana):
    author = make_person("creator")
    video = publish(author, caption="The caption")
    sound = give_sound(author, video)
    for kind, target in (
        (Hidden.VIDEO, video),
        (Hidden.CREATOR, author),
        (Hidden.SOUND, sound),
        (Hidden.TOPIC, DANCE),
        (Hidden.TAG, "waltz"),
        (Hidden.VIDEO, 12345),
    ):
        controls.hide(viewer=ana, kind=kind, target=target)
    found, cursor = list[controls.Entry](), ""
    while cursor is not None:
        entries, cursor = controls.entries_of(ana, cursor=cursor, limit=4)
        found += entries
    assert [entry.name for entry in found] == ["", "#waltz", "Dance", "@creator", "@creator", "The caption"]
    assert found[-1].kind is Hidden.VIDEO
    assert found[-1].target == str(video)
    assert controls.entries_of(viewer_of(author)) == ([], None)


def test_the_list_does_not_tell_of_what_is_private_by_now(ana):
    author = make_person()
    video = publish(author, caption="Secret", visibility="only_me")
    controls.hide(viewer=ana, kind=Hidden.VIDEO, target=video)
    assert [entry.name for entry in controls.entries_of(ana)[0]] == [""]


def test_a_persons_controls_go_with_them_and_they_leave_everybodys_lists(ana):
    ben = make_person()
    video = publish(ben)
    controls.hide(viewer=ana, kind=Hidden.CREATOR, target=ben)
    controls.hide(viewer=ana, kind=Hidden.VIDEO, target=video)
    controls.hide(viewer=viewer_of(ben), kind=Hidden.TAG, target="x")
    controls.mute_word(viewer=viewer_of(ben), word="x")
    controls.set_step(viewer=viewer_of(ben), topic_id=DANCE, step=Step.MORE)
    accounts.delete_person(person_id=ben)
    assert controls.controls_of(ana) == Controls()
    assert [table.objects.filter(viewer=ben).count() for table in TABLES] == [0] * 4


def test_a_deleted_video_leaves_everybodys_lists(ana):
    author = viewer_of(make_person())
    video = publish(author.person_id)
    controls.hide(viewer=ana, kind=Hidden.VIDEO, target=video)
    videos.erase_video(viewer=author, video_id=video)
    assert not NotInterested.objects.exists()


def test_visitors_are_forgotten_after_half_a_year_and_people_are_not(ana):
    visitor = Viewer(session_key="long ago")
    for viewer in (ana, visitor):
        controls.hide(viewer=viewer, kind=Hidden.TAG, target="x")
        controls.settle(viewer=viewer, most_videos=5)
    NotInterested.objects.update(made_at=clock.now() - datetime.timedelta(days=181))
    FeedSetting.objects.update(changed_at=clock.now() - datetime.timedelta(days=181))
    controls.forget_visitors()
    assert {row.viewer for row in NotInterested.objects.all()} == {viewer_key(ana)}
    assert {row.viewer for row in FeedSetting.objects.all()} == {viewer_key(ana)}


def test_every_table_of_controls_is_keyed_by_viewer():
    assert all(apps.get_model("recommender", table.__name__)._meta.get_field("viewer") for table in TABLES)
