"""Who publishes weights is killed at any line, files are damaged, the disk is full: the feed answers and recovers."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator

import httpx
import pytest

from tests.journeys.network import Member, Network, eventually, running_with_tables
from tests.media.test_read_only import FULL
from tests.mounts import ALONE, can_mount

pytestmark = [pytest.mark.fault, pytest.mark.timeout(600)]
ROOT = pathlib.Path(__file__).resolve().parents[2]

# Twenty videos of others, and what one member has watched of them.
STAGE = """
    from revue.accounts.models import Person
    from revue.platform import clock
    from revue.recommender.models import Watch
    from tests.people import make_person
    from tests.published import publish_many
    viewer = Person.objects.get(handle=sys.argv[1]).pk
    for video_id in publish_many([make_person(f"author.{number}") for number in range(20)])[:8]:
        Watch.objects.create(viewer=viewer, video_id=video_id, at=clock.now(), reward=0.6, is_long=True)
"""
# One version after what lies there; it may be killed at a named call. Says which version it made.
PUBLISH = """
    import dataclasses, os, pathlib, signal
    from revue.platform import clock
    from revue.recommender import parameters
    from revue.recommender.engine import learned, weights
    from revue.recommender.engine.learned import About
    from revue.recommender.training import published
    from revue.videos.models import Video
    from tests.recommender import models_made as made
    at = sys.argv[1]
    if at == "fsync":
        os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
    if at == "rename":
        pathlib.Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    if at == "prune":
        weights.prune = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
    folder = parameters.folder()
    served = weights.newest(folder, mapped=False)
    if served is None:
        pairs = Video.objects.values_list("id", "author_id")
        about = made.about([pair[0] for pair in pairs], [pair[1] for pair in pairs], made_s=clock.now().timestamp())
        arrays = made.random(about, scale=0.05)
    else:
        about = About.of(served.arrays)
        arrays = {name: array.copy() for name, array in learned.weights_of(served.arrays).items()}
        arrays["ids"][1] += 0.01
    try:
        print(published.publish(folder, served, arrays, about, is_whole=at == "prune").version)
    except OSError as error:
        print(json.dumps(error.strerror))
"""


def act(network: Network, code: str, *words: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run some Python beside the instance."""
    program = "import json, sys, django\ndjango.setup()\n" + textwrap.dedent(code)
    environ = {name: value for name, value in os.environ.items() if not name.startswith("REVUE_")}
    return subprocess.run(
        [*before, sys.executable, "-c", program, *words],
        cwd=ROOT,
        env={**environ, "REVUE_DATA_DIR": str(network.folder), "DJANGO_SETTINGS_MODULE": "revue.settings.django"},
        capture_output=True,
        text=True,
        check=False,
    )


def publish(network: Network, at: str = "") -> int | None:
    """The version that was made; None when its maker was killed."""
    done = act(network, PUBLISH, at)
    if at:
        assert done.returncode == -signal.SIGKILL, done.stderr
        return None
    assert done.returncode == 0, done.stderr
    return int(json.loads(done.stdout))


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Network, Member]]:
    with running_with_tables(tmp_path_factory.mktemp("model") / "data", environ={"REVUE_TRAINER": "0"}) as network:
        member = network.member("ana")
        done = act(network, STAGE, "ana")
        assert done.returncode == 0, done.stderr
        yield network, member


def answers(member: Member) -> list[dict[str, object]]:
    """A page of the feed, which is whole whatever happened."""
    items: list[dict[str, object]] = member.call("GET", "/api/v1/feed/foryou?limit=5").json()["items"]
    assert len(items) == 5
    return items


def served(network: Network) -> int | None:
    """The version that the server says it serves."""
    version: int | None = httpx.get(f"{network.url}/transparency/engine.json").json()["model_version"]
    return version


def wait_for(network: Network, version: int | None) -> None:
    eventually(lambda: served(network) == version, what=f"version {version} is served", seconds=150)


def names_of_terms(items: list[dict[str, object]]) -> set[str]:
    return {term["name"] for item in items for term in item["reason"]["terms"]}  # type: ignore[index]


def newest_file(network: Network) -> pathlib.Path:
    return max((network.folder / "weights").glob("*.npz"))


@pytest.mark.parametrize("line", ["fsync", "rename", "prune"])
def test_a_publisher_killed_at_any_line_leaves_a_feed_that_answers_and_recovers(
    stage: tuple[Network, Member], line: str
) -> None:
    network, member = stage
    version = publish(network)
    wait_for(network, version)
    assert "model" in names_of_terms(answers(member))
    publish(network, at=line)
    answers(member)
    if line != "prune":
        assert newest_file(network).name.startswith(f"{version:012d}")
    later = publish(network)
    wait_for(network, later)
    assert "model" in names_of_terms(answers(member))


@pytest.mark.parametrize("which", ["newest", "all"])
@pytest.mark.parametrize("kept", [0, 0.5])
def test_damaged_files_leave_a_feed_that_answers_and_recovers(
    stage: tuple[Network, Member], which: str, kept: float
) -> None:
    network, member = stage
    version = publish(network)
    wait_for(network, version)
    for path in [newest_file(network)] if which == "newest" else (network.folder / "weights").glob("*.npz"):
        os.truncate(path, int(path.stat().st_size * kept))
    answers(member)
    for pid in network.children("revue.cli web"):  # who starts now has nothing but these files
        os.kill(pid, signal.SIGKILL)
    eventually(network.is_ready, what="the site is back", seconds=180)
    answers(member)
    later = publish(network)
    wait_for(network, later)
    assert "model" in names_of_terms(answers(member))


@pytest.mark.skipif(not can_mount(), reason=f"no mount namespaces here: {' '.join(ALONE)} fails")
def test_a_full_disk_leaves_a_feed_that_answers_and_recovers(stage: tuple[Network, Member]) -> None:
    network, member = stage
    version = publish(network)
    wait_for(network, version)
    full = (*ALONE, "sh", "-c", f'{FULL} && exec "$@"', str(network.folder / "weights"))
    done = act(network, PUBLISH, "", before=full)
    assert json.loads(done.stdout) == "No space left on device", done.stderr
    assert answers(member)
    assert served(network) == version
    wait_for(network, publish(network))
    assert "model" in names_of_terms(answers(member))


def test_without_weights_taste_ranks_alone_and_says_so(stage: tuple[Network, Member]) -> None:
    network, member = stage
    wait_for(network, publish(network))
    assert "Taste + sequence model" in httpx.get(f"{network.url}/transparency/ranking").text
    for path in (network.folder / "weights").glob("*.npz"):
        path.unlink()
    wait_for(network, None)
    assert "model" not in names_of_terms(answers(member))
    assert httpx.get(f"{network.url}/transparency/engine.json").json()["name"] == "taste"
