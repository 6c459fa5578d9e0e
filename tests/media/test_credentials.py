"""Content Credentials: read from originals, believed as far as their signatures go, and never fetched from anywhere."""

import pathlib
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from revue.media.credentials import read
from revue.media.credentials.read import State
from revue.media.ffmpeg import sandbox
from revue.media.models import Credentials
from revue.videos import actions as videos
from revue.videos import queries
from tests.media import films, stills
from tests.media.signing import AI, ISSUER, Camera
from tests.people import client_of, make_person, viewer_of
from tests.videos.test_life import post, upload

RunJobs = Callable[[], int]


@pytest.fixture(scope="module")
def camera() -> Camera:
    return Camera()


@pytest.fixture
def film(tmp_path: pathlib.Path) -> pathlib.Path:
    return films.film(tmp_path / "a.mp4", extra=("-movflags", "+faststart"))


def credentials(path: pathlib.Path, trust: bytes = b"", demuxer: str = "mov") -> read.Credentials | None:
    anchors = path.with_name("anchors.pem")
    anchors.write_bytes(trust)
    folder = path.with_name("reading")
    folder.mkdir(exist_ok=True)
    return read.read(path, demuxer, folder, trust=anchors if trust else None)


@pytest.mark.parametrize("level", [sandbox.Level.BUBBLEWRAP, sandbox.Level.KERNEL, sandbox.Level.NONE])
def test_what_a_camera_signed_is_read_at_every_level(
    camera: Camera, film: pathlib.Path, level: sandbox.Level, monkeypatch: pytest.MonkeyPatch
) -> None:
    if level is sandbox.Level.BUBBLEWRAP and sandbox.level() is not level:
        pytest.skip("no bubblewrap here")
    monkeypatch.setattr(sandbox, "level", lambda: level)
    camera.sign(film)
    found = credentials(film)
    assert found is not None
    assert (found.state, found.issuer, found.made_with_ai) == (State.VALID, ISSUER, False)
    assert "digitalCapture" in found.store


def test_a_signature_is_trusted_by_its_root_and_ai_is_told(camera: Camera, film: pathlib.Path) -> None:
    camera.sign(film, source=AI)
    found = [credentials(film, trust) for trust in (b"", Camera().root, camera.root)]
    assert [one and one.state for one in found] == [State.VALID, State.VALID, State.TRUSTED]
    assert all(one is not None and one.made_with_ai for one in found)


def test_what_was_changed_since_is_invalid_and_says_nothing_of_ai(camera: Camera, film: pathlib.Path) -> None:
    camera.sign(film, source=AI)
    data = bytearray(film.read_bytes())
    data[-2000] ^= 0xFF
    film.write_bytes(data)
    found = credentials(film)
    assert found is not None
    assert (found.state, found.made_with_ai) == (State.INVALID, False)


@pytest.mark.parametrize(("kind", "demuxer"), [("jpg", "jpeg_pipe"), ("png", "png_pipe"), ("webp", "webp_pipe")])
def test_photos_are_read_too(camera: Camera, tmp_path: pathlib.Path, kind: str, demuxer: str) -> None:
    photo = stills.still(tmp_path / f"a.{kind}")
    assert credentials(photo, demuxer=demuxer) is None
    camera.sign(photo, kind=f"image/{kind.replace('jpg', 'jpeg')}", source=AI)
    found = credentials(photo, demuxer=demuxer)
    assert found is not None
    assert found.made_with_ai


def test_nothing_comes_of_files_without_or_with_broken_credentials(
    camera: Camera, film: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    assert credentials(film) is None
    garbage = tmp_path / "garbage.mp4"
    garbage.write_bytes(film.read_bytes() + b"c2pa" * 1000)
    assert credentials(garbage) is None
    camera.sign(film)
    data = film.read_bytes()
    at = data.index(b"c2pa")
    for cut in (at + 40, at + 400):
        garbage.write_bytes(data[:cut] + bytes(600) + data[cut + 600 :])
        found = credentials(garbage)
        assert found is None or found.state is State.INVALID
    empty = tmp_path / "empty.mp4"
    empty.touch()
    assert credentials(empty) is None
    assert credentials(film, demuxer="matroska") is None


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """A web server that notes who asks."""
    asked: list[str] = []

    class Note(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Note)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/manifest", asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("level", [None, sandbox.Level.NONE])
def test_nothing_is_fetched_from_where_a_file_points(
    camera: Camera,
    film: pathlib.Path,
    canary: tuple[str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
    level: sandbox.Level | None,
) -> None:
    if level is not None:  # not even where nothing shuts the child in
        monkeypatch.setattr(sandbox, "level", lambda: level)
    address, asked = canary
    camera.sign(film, remote=address)
    assert address.encode() in film.read_bytes()
    film.write_bytes(film.read_bytes() + b"\0\0\0\x0cfreec2pa")  # so that it is looked at
    assert credentials(film) is None
    assert asked == []


@pytest.mark.django_db
def test_viewers_are_told_and_the_store_stays_with_its_owner(
    camera: Camera, film: pathlib.Path, run_jobs: RunJobs
) -> None:
    ana, ben = make_person(), make_person()
    camera.sign(film, source=AI)
    made = post(ana, upload(ana, film.read_bytes()))
    run_jobs()
    shown = client_of(ben).get(f"/api/v1/videos/{made['id']}")
    assert shown.json()["credentials"] == {"state": "valid", "issuer": ISSUER, "made_with_ai": True}
    assert b"claim_generator" not in shown.content
    assert "claim_generator" in Credentials.objects.get().store
    (video_id,) = queries.video_ids_of(author_id=ana)
    videos.erase_video(viewer=viewer_of(ana), video_id=video_id)
    assert not Credentials.objects.exists()


@pytest.mark.django_db
def test_one_photo_made_with_ai_is_told_of_the_whole_post(
    camera: Camera, tmp_path: pathlib.Path, run_jobs: RunJobs
) -> None:
    ana = make_person()
    plain, made_with_ai = stills.still(tmp_path / "a.jpg"), stills.still(tmp_path / "b.jpg")
    camera.sign(made_with_ai, kind="image/jpeg", source=AI)
    upload_ids = [upload(ana, path.read_bytes()) for path in (plain, made_with_ai)]
    answer = client_of(ana).post("/api/v1/videos", {"photo_upload_ids": upload_ids}, content_type="application/json")
    run_jobs()
    found = client_of(ana).get(f"/api/v1/videos/{answer.json()['id']}").json()["credentials"]
    assert found["made_with_ai"]
