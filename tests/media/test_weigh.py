"""What people's files weigh: counted from rows, by kind, and by the numbers that refuse an upload."""

import pytest

from revue.media import policy, queries
from revue.media.actions import start_upload, weigh
from revue.media.errors import QuotaReached
from revue.media.models import Clip, RenditionFile, Upload, Weight
from revue.platform import clock, storage
from tests.people import client_of, make_person, viewer_of
from tests.published import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> int:
    return make_person("ana")


def make_clip(owner_id: int, *, sent: int, made: int = 0, **fields: object) -> int:
    """A clip that is ready, by its weights."""
    publish(owner_id)
    clip = Clip.objects.filter(owner_id=owner_id).latest("pk")
    Clip.objects.filter(pk=clip.pk).update(original_bytes=sent, **fields)
    RenditionFile.objects.filter(clip=clip).update(bytes=made)
    return clip.pk


def put(clip_id: int, name: str, weight: int) -> None:
    storage.put_bytes(policy.clip_key(clip_id, name), b"x" * weight)


FILES = {
    "540.mp4": 7,
    "photo-1.webp": 20,
    "photo-1-small.webp": 1,
    "sound.m4a": 300,
    "sound.webm": 10,
    "hls.m3u8": 4000,
    "hls-540.m4s": 100,
    "poster.webp": 50_000,
    "sprite.webp": 1000,
    "preview.mp4": 2000,
}


def test_what_lies_beside_renditions_is_counted_by_kind_and_again_is_the_same(ana: int) -> None:
    clip_id = make_clip(ana, sent=5, made=7)
    for name, weight in FILES.items():
        put(clip_id, name, weight)
    for _ in range(2):
        weigh.weigh_clip(clip_id=clip_id)
    totals = queries.totals()
    assert (totals.renditions, totals.photos, totals.sounds, totals.hls) == (7, 21, 310, 4100)
    assert totals.pictures == 53_000
    assert totals.made_bytes == sum(FILES.values())
    assert totals.uncounted_clips == 0


def test_each_clip_is_counted_once_and_anew_when_it_changed(ana: int) -> None:
    clip_ids = [make_clip(ana, sent=1) for _ in range(3)]
    make_clip(ana, sent=1, state="playable")  # more of it is to come
    assert queries.totals().uncounted_clips == 3
    assert (weigh.weigh_clips(limit=2), weigh.weigh_clips(), weigh.weigh_clips()) == (2, 1, 0)
    put(clip_ids[1], "poster-1000.webp", 9)
    Clip.objects.filter(pk=clip_ids[1]).update(changed_at=clock.now())
    assert weigh.weigh_clips() == 1
    assert Weight.objects.get(pk=clip_ids[1]).picture_bytes == 9


def test_a_clip_that_went_meanwhile_leaves_nothing(ana: int) -> None:
    weigh.weigh_clip(clip_id=12345)
    assert not Weight.objects.exists()


def test_people_stand_by_what_they_weigh_and_nobody_is_left_out(ana: int) -> None:
    ben, cleo = make_person("ben"), make_person("cleo")
    make_clip(ana, sent=100, made=50)
    weighed = make_clip(ben, sent=10, made=20)
    Weight.objects.create(clip_id=weighed, hls_bytes=400, photo_bytes=1)
    Upload.objects.create(owner_id=cleo, length_bytes=5000, offset_bytes=300)
    found = [(one.owner_id, one.sent_bytes, one.made_bytes) for one in queries.usage()]
    assert found == [(cleo, 5000, 0), (ben, 10, 421), (ana, 100, 50)]
    assert len(queries.usage(limit=1)) == 1


def test_totals_tell_videos_photos_and_uploads_apart(ana: int) -> None:
    make_clip(ana, sent=100)
    make_clip(ana, sent=30, photo_count=2)
    Upload.objects.create(owner_id=ana, length_bytes=5000, offset_bytes=300)
    totals = queries.totals()
    assert (totals.videos_sent, totals.photos_sent, totals.uploads) == (100, 30, 300)
    assert totals.sent_bytes == 430


def test_a_person_reads_the_numbers_that_refuse_their_upload(ana: int, settings) -> None:
    make_clip(ana, sent=700)
    make_clip(make_person(), sent=9_000)
    settings.MAX_PERSON_BYTES = 1000
    start_upload(viewer=viewer_of(ana), length_bytes=200)
    assert client_of(ana).get("/api/v1/me/storage").json() == {"used_bytes": 900, "max_bytes": 1000}
    with pytest.raises(QuotaReached) as refused:
        start_upload(viewer=viewer_of(ana), length_bytes=200)
    assert refused.value.data["used_bytes"] == 900


def test_without_a_limit_there_is_no_most(ana: int, settings) -> None:
    settings.MAX_PERSON_BYTES = 0
    assert client_of(ana).get("/api/v1/me/storage").json() == {"used_bytes": 0, "max_bytes": None}
