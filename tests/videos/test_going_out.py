"""A video goes out at the time that its author has set: once, not before, and after any downtime."""

import datetime

import pytest

from revue.accounts.contracts import VISITOR
from revue.feed import followed
from revue.media import queries as media
from revue.media.contracts import ClipState
from revue.media.models import Clip
from revue.platform import clock, ids
from revue.videos import actions, hooks, queries, tasks
from revue.videos.errors import AlreadyOut, BadTime
from revue.videos.models import Video
from tests.people import client_of, make_person, viewer_of
from tests.published import publish, schedule

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Which videos were told to have been published."""
    told = list[int]()
    hooks.on_published(hear := lambda *, video_id: told.append(video_id))
    yield told
    hooks._published.remove(hear)


def clip_comes(video_id: int, state: ClipState) -> None:
    """A video's clip is so far."""
    clip_id = Video.objects.values_list("clip_id", flat=True).get(pk=video_id)
    Clip.objects.filter(pk=clip_id).update(state=state.value)
    actions.follow_clip(clip_id=clip_id, view=media.clip_view(Clip.objects.get(pk=clip_id)))


def test_it_goes_out_once_when_its_time_has_come(heard: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    ana, now = make_person(), clock.now()
    video_id = schedule(ana, now + HOUR)
    newer = publish(ana)
    assert actions.publish_due() == 0
    assert queries.ids_by_author(viewer=VISITOR, author_id=ana, limit=9) == [newer]
    assert queries.cards(viewer=viewer_of(ana), video_ids=[video_id]) == {}
    at = now + 30 * HOUR  # nothing ran meanwhile
    monkeypatch.setattr(clock, "now", lambda: at)
    for _ in range(2):
        tasks.publish_due()
    assert heard == [video_id]
    card = queries.card(viewer=VISITOR, video_id=video_id)
    assert card.published_at == at
    for before, rest in ((None, [video_id, newer]), (video_id, [newer]), (newer, [])):
        assert queries.ids_by_author(viewer=VISITOR, author_id=ana, before=before, limit=9) == rest
    assert queries.ids_by_author(viewer=VISITOR, author_id=ana, limit=9, is_oldest_first=True) == [newer, video_id]
    lines = followed.lines(ana, people=[ana], unwanted=[], top=ids.new_id(), before=None, limit=9)
    assert [line.video_id for line in lines] == [video_id, newer]


def test_what_is_not_ready_at_its_time_goes_out_when_it_is(heard: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    ana, now = make_person(), clock.now()
    early, late = (publish(ana, state="processing", publish_at=now + HOUR) for _ in range(2))
    Video.objects.update(published_at=None)
    clip_comes(early, ClipState.PLAYABLE)
    assert Video.objects.get(pk=early).state == "scheduled"
    clip_comes(early, ClipState.READY)
    monkeypatch.setattr(clock, "now", lambda: now + 2 * HOUR)
    assert actions.publish_due() == 1
    assert heard == [early]
    clip_comes(late, ClipState.PLAYABLE)
    clip_comes(late, ClipState.READY)
    assert heard == [early, late]
    assert queries.ids_by_author(viewer=VISITOR, author_id=ana, limit=9) == [late, early]


def test_a_time_can_be_changed_and_given_up(heard: list[int]) -> None:
    ana, now = viewer_of(make_person()), clock.now()
    video_id = schedule(ana.person_id, now + HOUR)
    for _ in range(2):
        actions.schedule_video(viewer=ana, video_id=video_id, publish_at=now + 3 * HOUR)
    assert queries.own_status(viewer=ana, video_id=video_id).publish_at == now + 3 * HOUR
    for _ in range(2):
        actions.unschedule_video(viewer=ana, video_id=video_id)
    status = queries.own_status(viewer=ana, video_id=video_id)
    assert (status.state, status.visibility, status.publish_at) == ("published", "only_me", None)
    assert heard == [video_id]
    assert queries.cards(viewer=VISITOR, video_ids=[video_id]) == {}
    for act in (actions.schedule_video, actions.unschedule_video):
        about = {"publish_at": now + HOUR} if act is actions.schedule_video else {}
        with pytest.raises(AlreadyOut):
            act(viewer=ana, video_id=publish(ana.person_id), **about)


def test_it_can_go_out_now_instead(heard: list[int]) -> None:
    ana, now = viewer_of(make_person()), clock.now()
    video_id, unmade = schedule(ana.person_id, now + HOUR), publish(ana.person_id, state="processing")
    Video.objects.filter(pk=unmade).update(published_at=None, publish_at=now + HOUR)
    for _ in range(2):
        actions.publish_video(viewer=ana, video_id=video_id)
        actions.publish_video(viewer=ana, video_id=unmade)
    assert heard == [video_id]
    clip_comes(unmade, ClipState.PLAYABLE)
    assert heard == [video_id, unmade]


@pytest.mark.parametrize("ahead", [datetime.timedelta(minutes=14), datetime.timedelta(days=31), -HOUR])
def test_a_time_that_is_too_near_or_too_far_is_refused(ahead: datetime.timedelta) -> None:
    ana, at = viewer_of(make_person()), clock.now() + ahead
    video_id = schedule(ana.person_id, clock.now() + HOUR)
    with pytest.raises(BadTime):
        actions.schedule_video(viewer=ana, video_id=video_id, publish_at=at)
    with pytest.raises(BadTime):
        actions.create_video(viewer=ana, upload_id=1, publish_at=at)
    answer = client_of(ana.person_id).put(
        f"/api/v1/videos/{ids.to_short(video_id)}/schedule",
        {"publish_at": at.isoformat()},
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_time")


def test_a_time_without_its_zone_is_refused() -> None:
    ana = make_person()
    video_id = schedule(ana, clock.now() + HOUR)
    answer = client_of(ana).put(
        f"/api/v1/videos/{ids.to_short(video_id)}/schedule",
        {"publish_at": (clock.now() + 2 * HOUR).replace(tzinfo=None).isoformat()},
        content_type="application/json",
    )
    assert answer.status_code == 422
