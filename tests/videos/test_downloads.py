"""Saving a video: the best file, under a sensible name, only where its author lets others."""

import pytest
from django.conf import LazySettings

from revue.media.models import RenditionFile
from revue.platform import ids, storage
from revue.videos import actions
from revue.videos.models import Video
from tests.people import client_of, make_person, viewer_of
from tests.published import publish

pytestmark = pytest.mark.django_db


def made(author_id: int) -> int:
    video_id = publish(author_id)
    clip_id = Video.objects.values_list("clip_id", flat=True).get(pk=video_id)
    for name, edge, codec in (("720", 720, "h264"), ("1080-av1", 1080, "av1")):
        RenditionFile.objects.create(
            clip_id=clip_id,
            name=name,
            key=f"clips/{ids.to_short(clip_id)}/{name}.mp4",
            width=edge,
            height=edge * 16 // 9,
            bitrate=2,
            bytes=4,
            codec=codec,
        )
    for key in RenditionFile.objects.filter(clip_id=clip_id).values_list("key", flat=True):
        storage.put_bytes(key, key.encode())
    return video_id


def test_it_is_the_largest_file_that_plays_everywhere_named_after_its_author(settings: LazySettings) -> None:
    settings.MEDIA_SENDER = "python"
    video_id = made(make_person("ana"))
    answer = client_of(make_person()).get(f"/api/v1/videos/{ids.to_short(video_id)}/download")
    assert b"".join(answer).endswith(b"/720.mp4")  # type: ignore[arg-type]
    assert answer["Content-Disposition"] == f'attachment; filename="ana-{ids.to_short(video_id)}.mp4"'
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("video/mp4", "private, no-store")


def test_the_front_is_asked_to_send_it() -> None:
    video_id = made(make_person())
    answer = client_of(make_person()).get(f"/api/v1/videos/{ids.to_short(video_id)}/download")
    assert answer["X-Accel-Redirect"].endswith("/720.mp4")
    assert answer["Content-Disposition"].startswith("attachment")


def test_whose_author_says_no_keeps_it_for_themselves() -> None:
    ana = make_person()
    video_id = made(ana)
    actions.edit_video(viewer=viewer_of(ana), video_id=video_id, may_download=False)
    url = f"/api/v1/videos/{ids.to_short(video_id)}"
    refused = client_of(make_person()).get(f"{url}/download")
    assert (refused.status_code, refused.json()["code"]) == (403, "downloads_off")
    assert client_of(make_person()).get(url).json()["may_download"] is False
    assert client_of(ana).get(f"{url}/download").status_code == 200
