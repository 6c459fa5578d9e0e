"""Whose clip is next: nobody's fifty hold up somebody's one."""

import pathlib
from collections.abc import Callable

import pytest

from revue.media import actions
from revue.media.contracts import ClipState
from revue.media.models import Clip
from tests.media import films
from tests.people import make_person

pytestmark = pytest.mark.django_db


def adopt(folder: pathlib.Path, owner_id: int, count: int, *, film: bytes = b"no film") -> None:
    for number in range(count):
        path = folder / f"{owner_id}-{number}.mp4"
        path.write_bytes(film)
        actions.adopt_file(owner_id=owner_id, path=path)


def owners_in_order_of_work() -> list[int]:
    """Files that are no films end at once, so that the order of ends is the order of work."""
    return list(
        Clip.objects.filter(state=ClipState.FAILED.value).order_by("changed_at").values_list("owner_id", flat=True)
    )


def test_somebodys_only_clip_comes_before_anybodys_second(tmp_path: pathlib.Path, run_jobs: Callable[[], int]) -> None:
    many, one = make_person(), make_person()
    adopt(tmp_path, many, 5)
    adopt(tmp_path, one, 1)
    run_jobs()
    assert owners_in_order_of_work() == [many, one, many, many, many, many]


def test_two_with_many_take_turns(tmp_path: pathlib.Path, run_jobs: Callable[[], int]) -> None:
    first, second = make_person(), make_person()
    adopt(tmp_path, first, 3)
    adopt(tmp_path, second, 3)
    run_jobs()
    assert owners_in_order_of_work() == [first, second] * 3


def test_the_sweep_keeps_the_turns(tmp_path: pathlib.Path, run_jobs: Callable[[], int]) -> None:
    first, second = make_person(), make_person()
    adopt(tmp_path, first, 2)
    adopt(tmp_path, second, 2)
    run_jobs()  # everything that waits has ended; now as if the nudges had been lost
    Clip.objects.update(state=ClipState.PENDING.value, attempts=0, lease_until=None)
    actions.repair_clips()
    run_jobs()
    assert owners_in_order_of_work() == [first, second] * 2


def test_every_first_rendition_comes_before_any_second(tmp_path: pathlib.Path, run_jobs: Callable[[], int]) -> None:
    many, one = make_person(), make_person()
    film = films.film(tmp_path / "film.mp4", size="540x960", seconds=0.4).read_bytes()
    adopt(tmp_path, many, 2, film=film)
    adopt(tmp_path, one, 1, film=b"no film")
    run_jobs()
    ended = list(Clip.objects.order_by("changed_at").values_list("owner_id", "state"))
    assert ended[0] == (one, ClipState.FAILED.value)
    assert [state for _, state in ended[1:]] == [ClipState.READY.value] * 2
