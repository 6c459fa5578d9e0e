"""The troupe on a real instance: real files, rows, jobs and ffmpeg; two clips, so that it stays quick."""

import threading

import pytest
from django.db import connection, connections

from revue.accounts import queries as people
from revue.accounts.contracts import VISITOR, Viewer
from revue.demo import actions, chatter, locks, queries
from revue.demo.contracts import Progress
from revue.demo.errors import PainterFailed
from revue.demo.models import Number, Performer, Wish
from revue.demo.painter import Painter
from revue.demo.programme import PROGRAMME
from revue.platform import ids, storage
from revue.social import actions as social
from revue.videos import queries as videos
from tests.people import make_person, viewer_of

pytestmark = pytest.mark.django_db(transaction=True)
_LIKERS = chatter.audience(PROGRAMME[0].key)[0]
TWO = (PROGRAMME[0], next(turn for turn in PROGRAMME if turn.performer in _LIKERS))  # the second likes the first


def quiet(now: Progress) -> None:
    """Watches and says nothing."""


def files() -> set[str]:
    folder = storage.media_folder()
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def rows() -> dict[str, int]:
    """How many rows each table holds, save for what is no data of the troupe."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        # A tag that nobody uses any more is forgotten when tags are counted next.
        aside = ("django_", "procrastinate", "platform_", "demo_wish", "auth_", "search_tag")
        counts = {}
        for table in tables:
            if not table.startswith(aside):
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                counts[table] = cursor.fetchone()[0]
    return counts


def test_clips_become_ordinary_videos_that_others_applaud(run_jobs):
    seen = []
    end = actions.raise_troupe(progress=seen.append, turns=TWO)
    assert [now.posted for now in seen] == [1, 2]
    assert end.is_complete
    run_jobs()
    assert queries.progress(TWO) == Progress(posted=2, watchable=2, total=2)
    for turn in TWO:
        card = videos.card(viewer=VISITOR, video_id=Number.objects.get(key=turn.key).video_id)
        assert (card.caption, card.author.handle) == (turn.caption, turn.performer)
        assert (card.width, card.height, card.has_audio) == (540, 960, True)
        assert 5000 < card.duration_ms < 7000
        assert card.author.avatar_url
        assert turn.act in card.tags
        assert "Demo performer" in people.profile(viewer=VISITOR, handle=turn.performer).bio

    assert_applauded()


def assert_applauded() -> None:
    """Whoever is there has liked what they like, once."""
    assert set(Number.objects.values_list("is_applauded", flat=True)) == {True}
    before = rows()
    assert before["social_like"] > 0
    actions.applaud(video_id=Number.objects.get(key=TWO[0].key).video_id)
    assert rows() == before


def test_nobody_can_sign_in_as_a_performer():
    actions.raise_troupe(progress=quiet, turns=TWO[:1])
    person = Performer.objects.select_related("person").get().person
    assert person.is_demo
    assert not person.has_usable_password()


def test_a_second_run_adds_nothing():
    actions.raise_troupe(progress=quiet, turns=TWO)
    before = rows()
    actions.raise_troupe(progress=quiet, turns=TWO)
    assert rows() == before


def test_two_runs_at_once_never_double_a_clip():
    errors: list[BaseException] = []

    def run() -> None:
        try:
            actions.raise_troupe(progress=quiet, turns=TWO)
        except BaseException as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(videos.video_ids_of(author_id=Performer.objects.get(member=TWO[0].performer).person_id)) == 1
    assert Number.objects.count() == 2


def test_a_run_that_was_killed_goes_on_where_it_stopped(monkeypatch):
    order = Painter.order

    def die_at_the_second(self: Painter, key: str, out: object, ffmpeg: object) -> None:
        if key == TWO[1].key:
            self._child.kill()
            self._child.wait()
        order(self, key, out, ffmpeg)

    monkeypatch.setattr(Painter, "order", die_at_the_second)
    with pytest.raises(PainterFailed):
        actions.raise_troupe(progress=quiet, turns=TWO)
    done = set(Number.objects.values_list("key", flat=True))
    assert TWO[1].key not in done
    monkeypatch.undo()
    assert actions.raise_troupe(progress=quiet, turns=TWO).is_complete
    assert Number.objects.count() == 2
    assert not (storage.scratch() / "demo").exists()


def test_removing_leaves_nothing(run_jobs):
    viewer = viewer_of(make_person("keeps.their.account"))
    rows_before, files_before = rows(), files()
    actions.raise_troupe(progress=quiet, turns=TWO)
    run_jobs()
    video_id = Number.objects.get(key=TWO[0].key).video_id
    social.like_video(viewer=viewer, video_id=video_id)
    social.write_comment(viewer=viewer, video_id=video_id, text="Lovely!")
    social.follow_person(viewer=viewer, handle=TWO[0].performer)
    assert len(files()) > len(files_before)
    actions.remove_troupe()
    run_jobs()
    assert rows() == rows_before
    assert files() == files_before
    assert people.demo_person_ids() == []


def test_a_removed_troupe_stays_away_until_it_is_called():
    actions.raise_troupe(progress=quiet, turns=TWO[:1])
    assert queries.should_raise()
    actions.remove_troupe()
    assert not queries.should_raise()
    actions.raise_if_empty(progress=quiet)
    assert Number.objects.count() == 0
    actions.raise_troupe(progress=quiet, turns=TWO[:1])
    assert Number.objects.count() == 1


def test_an_instance_where_people_post_gets_no_troupe(monkeypatch):
    assert queries.should_raise()
    monkeypatch.setattr(videos, "newest_public_ids", lambda *, before=None, limit: [ids.new_id()])
    assert not queries.should_raise()


def test_a_removal_stops_a_raise_that_runs():
    def remove_meanwhile(now: Progress) -> None:
        if now.posted == 1:
            thread.start()
            while not locks.is_removal_waiting():
                pass

    def remove() -> None:
        try:
            actions.remove_troupe()
        finally:
            connections.close_all()

    thread = threading.Thread(target=remove)
    actions.raise_troupe(progress=remove_meanwhile, turns=PROGRAMME[:4])
    thread.join()
    assert Number.objects.count() == 0
    assert not Wish.objects.get().is_wanted


def test_a_handle_that_a_person_has_stays_theirs():
    person_id = make_person(TWO[0].performer)
    actions.raise_troupe(progress=quiet, turns=TWO[:1])
    assert Performer.objects.get().person_id != person_id
    assert people.person_ids([TWO[0].performer]) == {TWO[0].performer: person_id}
    assert Viewer(person_id=person_id).is_signed_in
