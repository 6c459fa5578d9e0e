"""Use this sound, through the real API: the track under a video is in step with the clean one, each at its share."""

import pathlib
from collections.abc import Callable

import pytest
from django.test import Client

from revue.media import policy
from revue.platform import ids, storage
from revue.videos.models import Video
from tests.media import films
from tests.media.test_sides import RATE, lag_ms, samples
from tests.media.test_uploads import send, start
from tests.people import client_of, make_person

START_MS, SOUND, OWN = 700, 60, 50  # where in the sound the video begins, and percent


@pytest.mark.django_db
def test_a_used_sound_is_in_step_with_the_clean_track_and_both_are_as_loud_as_wanted(
    tmp_path: pathlib.Path, run_jobs: Callable[[], int]
) -> None:
    noise = ("-f", "lavfi", "-i", "anoisesrc=color=pink:seed=7:amplitude=0.4:duration=5", "-af", "lowpass=2000")
    picture = ("-f", "lavfi", "-i", "testsrc2=size=180x320:duration=5")
    films.ffmpeg(*picture, *noise, *films.X264, "-c:a", "aac", "-b:a", "192k", tmp_path / "song.mp4")
    dance = films.film(tmp_path / "dance.mp4", seconds=3, extra=("-ac", "2"))
    first = post(client_of(make_person()), tmp_path / "song.mp4")
    run_jobs()
    sound = {"id": ids.to_short(Video.objects.get(pk=first).sound_id), "start_ms": START_MS}
    second = post(client_of(make_person()), dance, {**sound, "sound_percent": SOUND, "own_percent": OWN})
    run_jobs()
    clean, heard = rendered(first, policy.MASTER)[START_MS * RATE // 1000 :], rendered(second, "180.mp4")
    own = samples(dance)
    late = lag_ms(clean, heard)
    assert abs(late) < 40, "what people notice"
    assert abs(late) < 5, "what we reach"
    gain = 10 ** ((-14 - films.loudness(dance)) / 20)  # everybody's own sound is brought to our loudness first
    share_of_own, share_of_sound = shares(heard, own, clean)
    assert share_of_own / gain == pytest.approx(OWN / 100, rel=0.08)
    assert share_of_sound == pytest.approx(SOUND / 100, rel=0.08)


def post(client: Client, film: pathlib.Path, sound: dict[str, object] | None = None) -> int:
    """A file uploaded and posted over HTTP; the video's id."""
    data = film.read_bytes()
    address = start(client, len(data))
    assert send(client, address, data, 0).status_code == 204
    body = {"upload_id": address.rpartition("/")[2], "caption": "", "sound": sound}
    answer = client.post("/api/v1/videos", body, content_type="application/json")
    assert answer.status_code in (200, 201, 202), answer.content
    return ids.from_short(answer.json()["id"])


def rendered(video_id: int, name: str) -> list[float]:
    """The sound of one of a video's stored files."""
    return samples(storage.local_path(policy.clip_key(Video.objects.get(pk=video_id).clip_id, name)))


def shares(heard: list[float], one: list[float], other: list[float]) -> tuple[float, float]:
    """How much of each of two sounds is in a third, by least squares over its middle second."""
    middle = slice(RATE, 2 * RATE)
    heard, one, other = heard[middle], one[middle], other[middle]
    a, b, c = dot(one, one), dot(one, other), dot(other, other)
    x, y = dot(heard, one), dot(heard, other)
    return (c * x - b * y) / (a * c - b * b), (a * y - b * x) / (a * c - b * b)


def dot(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
