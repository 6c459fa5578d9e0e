"""One person, and the way from a file to a clip."""

import pathlib
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from revue.media.contracts import ClipView


@pytest.fixture
def person(db: None) -> int:
    from tests.people import make_person  # noqa: PLC0415 - Django is not set up before

    return make_person()


@pytest.fixture
def make(person: int, tmp_path: pathlib.Path) -> "Callable[[pathlib.Path], ClipView]":
    """Adopts a copy of a file and brings it to its end; answers what became of it."""
    from revue.media import actions, queries  # noqa: PLC0415 - Django is not set up before
    from revue.media.models import Clip  # noqa: PLC0415

    def run(path: pathlib.Path) -> "ClipView":
        copy = tmp_path / f"adopted-{path.name}"
        shutil.copyfile(path, copy)
        clip_id = actions.adopt_file(owner_id=person, path=copy)
        actions.transcode_clip(clip_id=clip_id)
        return queries.clip_view(Clip.objects.get(pk=clip_id))

    return run


@pytest.fixture
def stored(data_root: pathlib.Path) -> Callable[[str], pathlib.Path]:
    """The file behind an address."""
    return lambda url: data_root / url.removeprefix("/")
