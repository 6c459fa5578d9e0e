"""Photo posts: every kind of picture goes in upright and without a trail, and comes out as photos and as a film."""

import pathlib
from collections.abc import Callable

import pytest
from PIL import Image

from revue.media import actions, inbox, policy
from revue.media.actions import photos as photo_actions
from revue.media.contracts import ClipState
from revue.media.ffmpeg import errors, photos
from revue.media.ffmpeg.finder import find_ffmpeg
from revue.media.models import Clip, Photo, RenditionFile, Upload
from revue.platform import ids, storage
from revue.videos.models import Video
from tests.media import films, stills
from tests.people import client_of, make_person
from tests.videos.test_life import upload

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], int]
Pixel = tuple[int, ...]


@pytest.fixture
def ana() -> int:
    return make_person()


def clean(path: pathlib.Path, pixels: int = 50_000_000) -> tuple[photos.Photo, Image.Image]:
    made = photos.clean(find_ffmpeg(), path, path.parent, 1, pixels=pixels)
    with Image.open(path.parent / made.name) as image:
        return made, image.convert("RGB")


def is_like(found: Pixel, wanted: Pixel) -> bool:
    return all(abs(a - b) < 30 for a, b in zip(found, wanted, strict=True))


def post(person_id: int, paths: list[pathlib.Path], **body: object) -> dict[str, object]:
    upload_ids = [upload(person_id, path.read_bytes()) for path in paths]
    return post_uploads(person_id, upload_ids, **body)


def post_uploads(person_id: int, upload_ids: list[str], **body: object) -> dict[str, object]:
    wanted = {"photo_upload_ids": upload_ids, **body}
    answer = client_of(person_id).post("/api/v1/videos", wanted, content_type="application/json")
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def seen(person_id: int, video: dict[str, object]) -> dict[str, object]:
    return dict(client_of(person_id).get(f"/api/v1/videos/{video['id']}").json())


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "avif"])
def test_pictures_of_each_kind_are_read(tmp_path: pathlib.Path, kind: str) -> None:
    made, image = clean(stills.still(tmp_path / f"a.{kind}"))
    assert (made.width, made.height) == image.size == (400, 600)
    assert is_like(image.getpixel((20, 20)), stills.RED)
    assert is_like(image.getpixel((380, 20)), stills.BLUE)


@pytest.mark.parametrize("kind", ["jpg", "webp"])
def test_a_photo_on_its_side_stands_upright_and_tells_nothing(tmp_path: pathlib.Path, kind: str) -> None:
    path = stills.from_a_phone(tmp_path / f"a.{kind}")
    assert stills.CANARY.encode() in path.read_bytes()
    made, image = clean(path)
    assert (made.width, made.height) == (400, 600)
    assert is_like(image.getpixel((20, 20)), stills.RED)
    for name in (made.name, photos.small_name(made.name)):
        data = (tmp_path / name).read_bytes()
        assert stills.CANARY.encode() not in data
        assert b"EXIF" not in data


def test_a_tiled_and_turned_heic_is_put_together(tmp_path: pathlib.Path) -> None:
    made, image = clean(stills.tiled_heic(tmp_path / "a.heic"))
    assert (made.width, made.height) == image.size == (800, 1000)
    assert is_like(image.getpixel((780, 20)), stills.RED)  # its top left, turned to the right
    assert is_like(image.getpixel((20, 20)), stills.BLUE)


def test_a_large_photo_is_made_smaller_and_a_transparent_one_white(tmp_path: pathlib.Path) -> None:
    made, _ = clean(stills.still(tmp_path / "a.jpg", size=(2400, 3200)))
    assert (made.width, made.height) == (1200, 1600)
    with Image.open(tmp_path / photos.small_name(made.name)) as small:
        assert small.size == (540, 720)
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(tmp_path / "b.png")
    assert is_like(clean(tmp_path / "b.png")[1].getpixel((150, 150)), (255, 255, 255))


def test_what_is_no_photo_is_refused_with_its_place(tmp_path: pathlib.Path) -> None:
    still = stills.still(tmp_path / "a.jpg")
    cut = tmp_path / "cut.png"
    cut.write_bytes(stills.still(tmp_path / "b.png").read_bytes()[:60])
    moving = tmp_path / "moving.webp"
    stills.drawn().save(moving, save_all=True, append_images=[stills.drawn(colour=stills.GREEN)])
    playlist = tmp_path / "playlist.jpg"
    playlist.write_text("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")
    disguised = tmp_path / "disguised.jpg"
    disguised.write_bytes(b"\xff\xd8\xff" + playlist.read_bytes())
    empty = tmp_path / "empty.jpg"
    empty.touch()
    cases: list[tuple[pathlib.Path, type[errors.MediaError], int]] = [
        (films.film(tmp_path / "film.mp4"), errors.NotAPhoto, 10**8),
        (playlist, errors.NotAPhoto, 10**8),
        (empty, errors.NotAPhoto, 10**8),
        (disguised, errors.PhotoDamaged, 10**8),
        (cut, errors.PhotoDamaged, 10**8),
        (moving, errors.MovingPhoto, 10**8),
        (still, errors.PhotoTooLarge, 200_000),
        (stills.tiled_heic(tmp_path / "a.heic"), errors.PhotoTooLarge, 300_000),
    ]
    for path, kind, pixels in cases:
        with pytest.raises(kind, match="Photo 3 "):
            photos.clean(find_ffmpeg(), path, tmp_path, 3, pixels=pixels)


def test_photos_become_a_post_with_a_film_of_them(
    ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path, stored: Callable[[str], pathlib.Path]
) -> None:
    first = stills.from_a_phone(tmp_path / "a.jpg")
    second = stills.still(tmp_path / "b.png", size=(900, 300), colour=stills.GREEN)
    made = post(ana, [first, second], caption="Two #photos")
    assert (made["state"], made["photo_count"]) == ("processing", 2)
    run_jobs()
    video = seen(ana, made)
    assert [(photo["width"], photo["height"]) for photo in video["photos"]] == [(400, 600), (900, 300)]  # type: ignore[attr-defined]
    for photo in video["photos"]:  # type: ignore[attr-defined]
        for url in (photo["url"], photo["small_url"]):
            assert client_of(ana).get(url).status_code == 200
            assert stills.CANARY.encode() not in stored(url).read_bytes()
    assert (video["duration_ms"], video["width"], video["height"]) == (6000, 400, 600)
    film = stored(video["renditions"][-1]["url"])  # type: ignore[index]
    assert is_like(stills.colour_at(film, 1.0, 0.1, 0.1), stills.RED)
    assert is_like(stills.colour_at(film, 4.0, 0.9, 0.5), stills.GREEN)
    assert not [row for row in Upload.objects.all() if inbox.path(row.pk).exists()]
    assert actions.check_files().missing == []


def test_the_poster_is_the_first_photo_until_another_is_chosen(
    ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path
) -> None:
    photos_ = [stills.still(tmp_path / f"{n}.png", colour=(0, 0, 60 * n)) for n in range(1, 5)]
    made = post(ana, photos_)
    run_jobs()

    def blue() -> int:
        clip = Clip.objects.get()
        with storage.open(clip.poster_key) as file, Image.open(file) as image:
            return int(image.convert("RGB").getpixel((image.width - 20, 20))[2])  # type: ignore[index]

    assert abs(blue() - 60) < 20
    patch = {"poster_at_ms": 7000}
    assert (
        client_of(ana)
        .patch(f"/api/v1/videos/{made['id']}", patch, content_type="application/json")
        .json()["photo_count"]
        == 4
    )
    run_jobs()
    assert abs(blue() - 180) < 20


def test_the_same_photos_are_one_post_and_no_photo_is_in_two(ana: int, tmp_path: pathlib.Path) -> None:
    data = stills.still(tmp_path / "a.jpg").read_bytes()
    first, second, third = (upload(ana, data) for _ in range(3))
    made = post_uploads(ana, [first, second])
    assert post_uploads(ana, [first, second])["id"] == made["id"]
    ben = make_person()
    film = upload(ana, films.film(tmp_path / "a.mp4").read_bytes())
    assert (
        client_of(ana).post("/api/v1/videos", {"upload_id": film}, content_type="application/json").status_code == 201
    )
    unfinished = ids.to_short(
        Upload.objects.create(owner_id=ana, length_bytes=10, offset_bytes=3).pk  # nothing of it need be on disk
    )
    for who, upload_ids, status in (
        (ana, [second, first], 404),
        (ana, [third, second], 404),
        (ana, [third, third], 404),
        (ana, [third, film], 404),
        (ana, [third, unfinished], 409),
        (ben, [third], 404),
        (ana, [], 422),
        (ana, [third] * 36, 422),
    ):
        answer = client_of(who).post(
            "/api/v1/videos", {"photo_upload_ids": upload_ids}, content_type="application/json"
        )
        assert answer.status_code == status, upload_ids
    as_film = client_of(ana).post("/api/v1/videos", {"upload_id": first}, content_type="application/json")
    assert as_film.status_code == 404
    both = {"upload_id": third, "photo_upload_ids": [third]}
    for body in (both, {}):
        assert client_of(ana).post("/api/v1/videos", body, content_type="application/json").status_code == 422
    assert Video.objects.count() == 2


def test_a_photo_that_cannot_be_used_fails_the_post_by_its_number(
    ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path
) -> None:
    text = tmp_path / "b.txt"
    text.write_text("not a picture")
    made = post(ana, [stills.still(tmp_path / "a.jpg"), text])
    run_jobs()
    failure = client_of(ana).get(f"/api/v1/me/videos/{made['id']}").json()["failure"]
    assert (failure["code"], failure["may_retry"]) == ("not_a_photo", False)
    assert failure["reason"].startswith("Photo 2 is not a picture")


def test_a_sound_lies_under_photos_and_can_be_changed(ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path) -> None:
    song = client_of(ana).post(
        "/api/v1/videos",
        {"upload_id": upload(ana, films.film(tmp_path / "song.mp4", seconds=8).read_bytes())},
        content_type="application/json",
    )
    run_jobs()
    sound_id = seen(ana, song.json())["sound"]["id"]  # type: ignore[index]
    still = stills.still(tmp_path / "a.jpg")
    made = post(ana, [still, still, still], sound={"id": sound_id})
    run_jobs()
    video = seen(ana, made)
    assert (video["has_audio"], video["duration_ms"]) == (True, 9000)
    address = f"/api/v1/videos/{made['id']}/sound"
    assert client_of(ana).put(address, {"sound": None}, content_type="application/json").status_code == 200
    run_jobs()
    changed = seen(ana, made)
    assert (changed["has_audio"], len(changed["photos"])) == (False, 3)  # type: ignore[arg-type]
    assert changed["photos"] != video["photos"]  # another clip's, at other addresses


def test_a_run_that_was_killed_among_photos_goes_on_with_the_clean_ones(
    ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(ana, [stills.still(tmp_path / "a.jpg"), stills.still(tmp_path / "b.jpg")])
    cleaned: list[int] = []
    real = photo_actions.photos.clean

    def clean_until_killed(*args: object, **words: object) -> photos.Photo:
        cleaned.append(args[3])  # type: ignore[arg-type]
        if len(cleaned) == 2:
            raise KeyboardInterrupt
        return real(*args, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(photo_actions.photos, "clean", clean_until_killed)
    with pytest.raises(KeyboardInterrupt):
        actions.transcode_clip(clip_id=Clip.objects.get().pk)
    Clip.objects.update(lease_until=None)
    run_jobs()
    clip = Clip.objects.get()
    assert (clip.state, cleaned) == (ClipState.READY.value, [1, 2, 2])
    assert RenditionFile.objects.filter(clip=clip).exists()
    assert not [*storage.scratch().glob("clip-*")]


def test_a_deleted_post_takes_photos_uploads_and_originals_along(
    ana: int, run_jobs: RunJobs, tmp_path: pathlib.Path
) -> None:
    made = post(ana, [stills.still(tmp_path / "a.jpg"), stills.still(tmp_path / "b.jpg")])
    run_jobs()
    clip_id = Clip.objects.get().pk
    assert client_of(ana).delete(f"/api/v1/me/videos/{made['id']}").status_code == 204
    run_jobs()
    assert not Photo.objects.exists()
    assert not Upload.objects.exists()
    for key in (policy.clip_key(clip_id, "x"), policy.photo_original_key(clip_id, 1)):
        assert not storage.local_path(key).parent.exists()
