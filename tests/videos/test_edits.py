"""What a video said before: kept for those for whom it was, bounded, and gone with the video."""

import pytest

from revue.accounts.contracts import VISITOR
from revue.platform import ids
from revue.social import actions as social
from revue.videos import actions, policy, queries
from revue.videos.contracts import Commenters, Visibility
from revue.videos.models import FormerCaption, Video
from tests.people import client_of, make_person, viewer_of
from tests.published import publish, schedule

pytestmark = pytest.mark.django_db


def said(viewer, video_id: int) -> list[str]:
    return [former.caption for former in queries.former_captions(viewer=viewer, video_id=video_id)]


def test_what_people_have_read_can_still_be_read_and_the_video_is_marked() -> None:
    ana = viewer_of(make_person())
    video_id = publish(ana.person_id, caption="One")
    assert queries.card(viewer=VISITOR, video_id=video_id).edited_at is None
    for caption in ("One", "Two", "Two", "Three"):
        actions.edit_video(viewer=ana, video_id=video_id, caption=caption, commenters=Commenters.NO_ONE)
    assert said(VISITOR, video_id) == ["Two", "One"]
    answer = client_of(ana.person_id).get(f"/api/v1/videos/{ids.to_short(video_id)}/edits").json()
    assert [item["caption"] for item in answer["items"]] == ["Two", "One"]
    shown = client_of(ana.person_id).get(f"/api/v1/videos/{ids.to_short(video_id)}").json()
    assert shown["edited_at"] == answer["items"][0]["until_at"]


def test_what_nobody_else_could_read_is_nobody_elses() -> None:
    ana = viewer_of(make_person())
    private = publish(ana.person_id, caption="Diary", visibility="only_me")
    waiting = schedule(ana.person_id, Video.objects.get().made_at, caption="Draft")
    for video_id in (private, waiting):
        actions.edit_video(viewer=ana, video_id=video_id, caption="Poem", visibility=Visibility.EVERYONE)
    actions.publish_due()
    for video_id in (private, waiting):
        assert said(VISITOR, video_id) == []
        assert queries.card(viewer=VISITOR, video_id=video_id).edited_at is None


def test_what_was_for_followers_stays_for_them() -> None:
    ana, fan = viewer_of(make_person("ana")), viewer_of(make_person())
    social.follow_person(viewer=fan, handle="ana")
    video_id = publish(ana.person_id, caption="Psst", visibility="followers")
    actions.edit_video(viewer=ana, video_id=video_id, caption="Hello", visibility=Visibility.EVERYONE)
    actions.edit_video(viewer=ana, video_id=video_id, caption="Hello all")
    assert said(VISITOR, video_id) == ["Hello"]
    assert said(fan, video_id) == said(ana, video_id) == ["Hello", "Psst"]


def test_a_video_keeps_so_many_and_takes_them_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "MOST_FORMER", 3)
    ana = viewer_of(make_person())
    video_id = publish(ana.person_id, caption="0")
    for number in range(1, 6):
        actions.edit_video(viewer=ana, video_id=video_id, caption=str(number))
    assert said(VISITOR, video_id) == ["4", "3", "2"]
    actions.erase_video(viewer=ana, video_id=video_id)
    assert not FormerCaption.objects.exists()
