"""The bin: at once nobody else's, for some days its author's to take back, then gone as if it had been erased."""

import datetime

import pytest
from django.test import Client

from revue.accounts import actions as accounts
from revue.accounts.contracts import VISITOR
from revue.feed import followed
from revue.feed import queries as feed
from revue.media.contracts import ClipState
from revue.media.models import Clip
from revue.platform import clock, ids
from revue.platform.errors import NotFound, SignInNeeded
from revue.recommender import rows
from revue.social import actions as social
from revue.social import queries as people
from revue.videos import actions, listings, queries, soundtracks, tasks
from revue.videos.contracts import MediaAccess, VideoState, Visibility
from revue.videos.errors import VideoInBin, VideoNotFound
from revue.videos.models import Gone, Video
from tests.people import client_of, make_person, viewer_of
from tests.published import give_sound, publish, schedule

pytestmark = pytest.mark.django_db


def follow(author_id: int) -> list[int]:
    """What one who follows somebody is shown of theirs."""
    top = ids.new_id()
    lines = followed.lines(author_id, people=[author_id], unwanted=[], top=top, before=None, limit=9)
    return [line.video_id for line in lines]


def traces(author_id: int, handle: str, video_id: int, sound_id: int) -> dict[str, object]:
    """Everything by which somebody else could know of a video."""
    clip_id = Video.objects.values_list("clip_id", flat=True).get(pk=video_id)
    short, stranger = ids.to_short(video_id), viewer_of(make_person())
    client = Client()
    page = f"/@{handle}/{short}"
    return {
        "card": video_id in queries.cards(viewer=stranger, video_ids=[video_id]),
        "profile": video_id in queries.ids_by_author(viewer=VISITOR, author_id=author_id, limit=9),
        "pinned": video_id in queries.pinned_ids(viewer=VISITOR, author_id=author_id),
        "following": video_id in follow(author_id),
        "tag": video_id in queries.ids_by_tag(tag="dance", limit=9),
        "sound": video_id in queries.ids_by_sound(sound_id),
        "origin": soundtracks.origin_id(sound_id) == video_id,
        "catalogue": video_id in rows.public_ids(),
        "count": people.person_counts(person_id=author_id).videos,
        "likes": people.person_counts(person_id=author_id).likes,
        "sitemap": video_id in [one.id for one in listings.videos_from(0, limit=9)],
        "bytes": queries.media_access(viewer=stranger, clip_id=clip_id, name="540.mp4"),
        "page": client.get(page).status_code,
        "embed": client.get(f"/embed/{short}").status_code,
        "oembed": client.get(f"/oembed?url=http://testserver{page}").status_code,
        "atom": short in client.get(f"/@{handle}/feed.atom").content.decode(),
        "comments": client.get(f"/api/v1/videos/{short}/comments").status_code,
        "edits": client.get(f"/api/v1/videos/{short}/edits").status_code,
    }


def test_what_is_deleted_is_nowhere_and_comes_back_as_it_was() -> None:
    ana = make_person("ana")
    fan, mine = viewer_of(make_person()), viewer_of(ana)
    video_id = publish(ana, caption="#dance", tags=["dance"])
    sound_id = give_sound(ana, video_id)
    social.like_video(viewer=fan, video_id=video_id)
    social.write_comment(viewer=fan, video_id=video_id, text="Brava!")
    before = traces(ana, "ana", video_id, sound_id)
    assert (before["card"], before["page"], before["bytes"], before["likes"]) == (True, 200, MediaAccess.PUBLIC, 1)
    actions.pin_video(viewer=mine, video_id=video_id)
    for _ in range(2):
        actions.delete_video(viewer=mine, video_id=video_id)
        gone = traces(ana, "ana", video_id, sound_id)
        assert {name for name, value in gone.items() if value is True} == set()
        assert (gone["bytes"], gone["count"], gone["likes"]) == (MediaAccess.DENIED, 0, 0)
        assert (gone["page"], gone["embed"], gone["comments"], gone["edits"]) == (410, 410, 404, 404)
    with pytest.raises(NotFound):
        feed.video(mine, video_id=video_id)
    for _ in range(2):
        actions.restore_video(viewer=mine, video_id=video_id)
        assert traces(ana, "ana", video_id, sound_id) == before, "as it was, without its pin"
    assert not Gone.objects.exists()


def test_what_lies_in_the_bin_is_left_alone_until_it_is_restored() -> None:
    ana = viewer_of(make_person())
    video_id = publish(ana.person_id)
    actions.delete_video(viewer=ana, video_id=video_id)
    short = ids.to_short(video_id)
    client = client_of(ana.person_id)
    shown = client.get(f"/api/v1/me/videos/{short}").json()
    assert (shown["state"], shown["is_pinned"]) == ("binned", False)
    assert shown["kept_until"][:10] == (clock.now() + datetime.timedelta(days=30)).date().isoformat()
    for act in (
        lambda: actions.edit_video(viewer=ana, video_id=video_id, caption="new", poster_at_ms=5),
        lambda: actions.edit_video(viewer=ana, video_id=video_id, visibility=Visibility.ONLY_ME),
        lambda: actions.pin_video(viewer=ana, video_id=video_id),
        lambda: actions.unpin_video(viewer=ana, video_id=video_id),
        lambda: actions.retry_video(viewer=ana, video_id=video_id),
        lambda: actions.replace_sound(viewer=ana, video_id=video_id, sound=None),
        lambda: actions.schedule_video(viewer=ana, video_id=video_id, publish_at=clock.now()),
        lambda: actions.publish_video(viewer=ana, video_id=video_id),
    ):
        with pytest.raises(VideoInBin):
            act()


def test_only_its_author_has_a_bin() -> None:
    ana, ben = viewer_of(make_person()), viewer_of(make_person())
    video_id = publish(ana.person_id)
    actions.delete_video(viewer=ana, video_id=video_id)
    for act in (actions.restore_video, actions.erase_video, actions.delete_video):
        for viewer, error in ((VISITOR, SignInNeeded), (ben, VideoNotFound)):
            with pytest.raises(error):
                act(viewer=viewer, video_id=video_id)
    assert Video.objects.get().state == VideoState.BINNED.value


def test_a_bin_is_emptied_after_its_days_and_not_before(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    ana = viewer_of(make_person())
    public, private, kept = publish(ana.person_id), publish(ana.person_id, visibility="only_me"), publish(ana.person_id)
    now = clock.now()
    for video_id in (public, private):
        actions.delete_video(viewer=ana, video_id=video_id)
    monkeypatch.setattr(clock, "now", lambda: now + datetime.timedelta(days=29))
    assert actions.empty_bins() == 0
    monkeypatch.setattr(clock, "now", lambda: now + datetime.timedelta(days=31))
    tasks.empty_bins()
    assert actions.empty_bins() == 0
    assert list(Video.objects.values_list("pk", flat=True)) == [kept]
    assert list(Gone.objects.values_list("pk", flat=True)) == [public]
    settings.BIN_DAYS = 0
    for _ in range(2):
        actions.delete_video(viewer=ana, video_id=kept)
    assert not Video.objects.exists()
    assert Gone.objects.count() == 2


def test_erased_at_once_from_the_bin_or_past_it_leaves_what_a_deletion_leaves(run_jobs) -> None:
    ana = viewer_of(make_person())
    made = [publish(ana.person_id) for _ in range(2)]
    actions.delete_video(viewer=ana, video_id=made[0])
    for video_id in made * 2:
        actions.erase_video(viewer=ana, video_id=video_id)
    run_jobs()
    assert (Video.objects.count(), Clip.objects.count(), Gone.objects.count()) == (0, 0, 2)
    with pytest.raises(VideoNotFound):
        actions.restore_video(viewer=ana, video_id=made[0])


def test_whoever_leaves_takes_their_bin_along_without_a_trace() -> None:
    ana = make_person()
    actions.delete_video(viewer=viewer_of(ana), video_id=publish(ana))
    accounts.delete_person(person_id=ana)
    assert (Video.objects.count(), Gone.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("clip", "before", "after"),
    [
        (ClipState.READY, VideoState.PROCESSING, VideoState.PUBLISHED),
        (ClipState.FAILED, VideoState.PROCESSING, VideoState.FAILED),
        (ClipState.READY, VideoState.FAILED, VideoState.PUBLISHED),  # another file has taken its clip's place
        (ClipState.READY, VideoState.REMOVED, VideoState.REMOVED),
        (ClipState.WORKING, VideoState.PROCESSING, VideoState.PROCESSING),
    ],
)
def test_a_restored_video_is_where_its_clip_has_come_to(clip, before, after) -> None:
    ana = viewer_of(make_person())
    video_id = publish(ana.person_id, state=before.value)
    actions.delete_video(viewer=ana, video_id=video_id)
    Clip.objects.update(state=clip.value)
    actions.restore_video(viewer=ana, video_id=video_id)
    assert Video.objects.get().state == after.value


def test_a_time_that_passed_in_the_bin_surprises_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    ana, now = viewer_of(make_person()), clock.now()
    soon, later = (
        schedule(ana.person_id, now + datetime.timedelta(hours=1)),
        schedule(ana.person_id, now + datetime.timedelta(days=9)),
    )
    for video_id in (soon, later):
        actions.delete_video(viewer=ana, video_id=video_id)
    monkeypatch.setattr(clock, "now", lambda: now + datetime.timedelta(days=1))
    assert actions.publish_due() == 0
    for video_id in (soon, later):
        actions.restore_video(viewer=ana, video_id=video_id)
    assert actions.publish_due() == 0
    found = {video.pk: (video.state, video.visibility) for video in Video.objects.all()}
    assert found == {soon: ("published", "only_me"), later: ("scheduled", "everyone")}


def test_a_video_does_not_look_like_what_its_author_threw_away() -> None:
    ana = viewer_of(make_person())
    first, second = publish(ana.person_id), publish(ana.person_id)
    clips = dict(Video.objects.values_list("pk", "clip_id"))
    from revue.media.models import Likeness  # noqa: PLC0415 - of this test alone

    Likeness.objects.create(clip_id=clips[second], other_id=clips[first], share=100)
    assert queries.own_status(viewer=ana, video_id=second).resembles is not None
    actions.delete_video(viewer=ana, video_id=first)
    assert queries.own_status(viewer=ana, video_id=second).resembles is None
