"""Clips known again by their pictures: through edits, never through mere resemblance; lists of known pictures."""

import pathlib
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from revue.media import actions as media
from revue.media.actions import likeness
from revue.media.errors import BadHashList
from revue.media.models import ClipFrames, KnownPicture, Likeness, Sighting
from revue.media.recognise import frames, lists
from revue.platform import jobs
from revue.videos import actions as videos
from revue.videos import queries
from revue.videos.contracts import Resembled, Visibility
from revue.videos.models import Video
from tests.media import films
from tests.people import make_person, viewer_of

Post = Callable[..., Video]
SEED = 5


def paint(path: pathlib.Path, *, seed: int = SEED, edit: str = "null", seconds: float = 4) -> pathlib.Path:
    """A film of clouds, another each half second, that drift; the same for the same seed."""
    dice = np.random.default_rng(seed)
    raw = path.with_suffix(".rgb")
    with raw.open("wb") as file:
        for _ in range(round(seconds * 2)):
            clouds = Image.fromarray(dice.integers(0, 255, (14, 9, 3), dtype=np.uint8)).resize(
                (390, 640), Image.BICUBIC
            )
            for step in range(8):
                file.write(clouds.crop((step * 3, 0, step * 3 + 360, 640)).tobytes())
    source = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "360x640", "-r", "16", "-i", raw]
    films.ffmpeg(*source, "-vf", edit, *films.X264, path)
    return path


def looks(path: pathlib.Path) -> frames.Looks:
    raw = path.with_suffix(".raw")
    films.ffmpeg("-i", path, "-an", "-vf", f"fps={frames.A_SECOND},scale=256:256,format=gray", "-f", "rawvideo", raw)
    return frames.looks(raw.read_bytes())


def found(asked: frames.Looks, kept: frames.Looks) -> bool:
    return any(frames.match(hashes, kept.kept) for hashes in asked.asked)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> frames.Looks:
    """What the film looks like as it is."""
    return looks(paint(tmp_path_factory.mktemp("kept") / "a.mp4"))


@pytest.mark.parametrize(
    "edit",
    [
        "scale=180:-2",
        "format=gray,format=yuv420p",
        "hflip",
        "pad=640:640:(ow-iw)/2:0,scale=480:480",
        "crop=iw*0.9:ih*0.9",
        "crop=iw*0.75:ih*0.75",
        "drawbox=x=iw*0.05:y=ih*0.75:w=iw*0.9:h=ih*0.2:color=white:t=fill",
        "trim=start=0.7,setpts=PTS-STARTPTS",
        "hflip,crop=iw*0.9:ih*0.9",
    ],
)
def test_an_edited_clip_is_known_again(kept: frames.Looks, tmp_path: pathlib.Path, edit: str) -> None:
    assert found(looks(paint(tmp_path / "b.mp4", edit=edit)), kept)


def test_other_clips_still_ones_and_empty_ones_are_not_taken_for_one_another(tmp_path: pathlib.Path) -> None:
    several = [looks(paint(tmp_path / f"{seed}.mp4", seed=seed)) for seed in range(4)]
    assert not any(found(one, other) for one in several for other in several if one is not other)
    still = looks(paint(tmp_path / "still.mp4", edit="trim=end_frame=1,loop=60:1:0,setpts=N/16/TB"))
    assert still.kept.shape[1] < frames.LEAST_FRAMES
    assert not found(still, still)
    black = frames.looks(bytes(frames.PICTURE_BYTES * 3))
    assert black.kept.shape == (frames.REGIONS, 0, frames.HASH_BYTES)
    assert frames.match(black.kept, several[0].kept) is None
    assert frames.looks(b"").kept.shape[1] == 0


def test_hashes_survive_being_kept(kept: frames.Looks) -> None:
    hashes = kept.kept
    assert (frames.from_bytes(frames.to_bytes(hashes)) == hashes).all()
    assert len(frames.keys(hashes)) <= 16 * hashes.shape[1]


@pytest.fixture
def post() -> Post:
    """Posts a film for a person, and waits until everything of it is made."""

    def run(person_id: int, film: pathlib.Path, **what: object) -> Video:
        data = film.read_bytes()
        viewer = viewer_of(person_id)
        made = media.start_upload(viewer=viewer, length_bytes=len(data))
        with film.open("rb") as stream:
            media.append_bytes(viewer=viewer, upload_id=made.id, offset=0, stream=stream)
        video_id = videos.create_video(viewer=viewer, upload_id=made.id, **what)
        jobs.run_waiting()
        return Video.objects.get(pk=video_id)

    return run


@pytest.mark.django_db(transaction=True)
def test_who_posts_what_is_there_already_is_told(post: Post, tmp_path: pathlib.Path) -> None:
    ana, ben = make_person("ana"), make_person("ben")
    first = post(ana, paint(tmp_path / "a.mp4"))
    assert queries.own_status(viewer=viewer_of(ana), video_id=first.pk).resembles is None
    copy = post(ben, paint(tmp_path / "b.mp4", edit="hflip,scale=180:-2"))
    own = post(ana, paint(tmp_path / "c.mp4", edit="crop=iw*0.9:ih*0.9"))
    assert queries.own_status(viewer=viewer_of(ben), video_id=copy.pk).resembles == Resembled(first.pk, "ana", False)
    assert queries.own_status(viewer=viewer_of(ana), video_id=own.pk).resembles == Resembled(first.pk, "ana", True)
    videos.edit_video(viewer=viewer_of(ana), video_id=first.pk, visibility=Visibility.UNLISTED)
    assert queries.own_status(viewer=viewer_of(ben), video_id=copy.pk).resembles is None, "it is not for everybody"
    videos.erase_video(viewer=viewer_of(ana), video_id=first.pk)
    assert Likeness.objects.count() == 1
    assert ClipFrames.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_removed_video_is_sighted_when_it_comes_again(post: Post, tmp_path: pathlib.Path) -> None:
    ana = make_person()
    first = post(ana, paint(tmp_path / "a.mp4"))
    assert videos.remember_looks(video_id=first.pk, list_name="removed") > 0
    assert videos.remember_looks(video_id=first.pk, list_name="removed") == 0
    videos.erase_video(viewer=viewer_of(ana), video_id=first.pk)
    other = post(ana, paint(tmp_path / "other.mp4", seed=9))
    again = post(ana, paint(tmp_path / "b.mp4", edit="hflip"))
    (seen,) = Sighting.objects.all()
    assert (seen.clip_id, seen.list_name, seen.pictures >= 3) == (again.clip_id, "removed", True)
    assert other.clip_id != again.clip_id
    assert likeness.drop_list(list_name="removed") > 0
    assert not Sighting.objects.exists()


@pytest.mark.django_db
def test_lists_come_and_go_as_files(tmp_path: pathlib.Path) -> None:
    one, two = "f8" * 32, "0123456789abcdef" * 4
    file = tmp_path / "list.txt"
    file.write_text(f"# ours\n{one}\n\n3, 90, {two}, 1.5\n4,20,{'ab' * 32},2.0\n")
    assert likeness.import_list(list_name="shared", file=file) == 2
    assert likeness.import_list(list_name="shared", file=file) == 0
    assert lists.write(likeness.hashes_of_list(list_name="shared")) == f"{one}\n{two}\n"
    file.write_text(f"{one}\nnot a hash\n")
    with pytest.raises(BadHashList, match="Line 2"):
        likeness.import_list(list_name="shared", file=file)
    assert KnownPicture.objects.count() == 2
