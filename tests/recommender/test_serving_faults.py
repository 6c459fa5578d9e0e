"""Whatever becomes of the kept catalogue, of its disk, or of who writes it: the feed answers, and recovers."""

import os
import pathlib
import signal
import time
from collections.abc import Iterator

import httpx
import psycopg
import pytest

from revue.recommender.snapshot import FOLDER
from tests.journeys.network import Network, eventually, make_clip, running_with_tables
from tests.mounts import ALONE, can_mount
from tests.published import multiply
from tests.tables import with_tables

pytestmark = [pytest.mark.fault, pytest.mark.timeout(300)]
VIDEOS = 40


def fill(network: Network) -> None:
    """One real clip, and rows of more like it."""
    author = network.member("author")
    author.wait_published(author.post(make_clip(network.folder.parent / "clip.mp4", seconds=1), "One of many"))
    with database(network) as connection:
        multiply(connection.cursor(), VIDEOS - 1)


def database(network: Network) -> psycopg.Connection:
    return psycopg.connect(f"host={network.folder}/postgres-socket user=revue dbname=revue", autocommit=True)


def kept(network: Network) -> list[pathlib.Path]:
    return sorted((network.folder / FOLDER).glob("*.whole.npz"))


def shown(network: Network) -> set[str]:
    """Every video of one visit; a refusal or an empty page fails."""
    found, cursor = set(), ""
    with httpx.Client(base_url=network.url, timeout=30) as visitor:
        while cursor is not None:
            answer = visitor.get("/api/v1/feed/foryou", params={"limit": 20, "cursor": cursor})
            assert answer.status_code == httpx.codes.OK, answer.text
            page = answer.json()
            assert page["items"] or cursor
            found |= {item["id"] for item in page["items"]}
            cursor = page["next_cursor"]
    return found


def web_log(network: Network) -> str:
    return (network.folder / "logs" / "web.log").read_text()


def restart_web(network: Network, *, before_it_is_back=lambda: None) -> None:
    """kill -9 of the web server, which the supervisor starts again."""
    killed = network.children("revue.cli web")
    for pid in killed:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    before_it_is_back()
    eventually(lambda: set(network.children("revue.cli web")) - set(killed), what="the web server runs again")
    eventually(network.is_ready, what="the site is ready again")


def until_kept(network: Network, *, but: set[pathlib.Path] = frozenset()) -> list[pathlib.Path]:
    """Ask for pages until a catalogue is kept that is none of `but`."""

    def asked() -> list[pathlib.Path]:
        shown(network)
        return [path for path in kept(network) if path not in but]

    return eventually(asked, what="the catalogue is kept")


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with running_with_tables(tmp_path_factory.mktemp("serving") / "data") as started:
        fill(started)
        until_kept(started)
        yield started


def flip(path: pathlib.Path) -> None:
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 0x55
    replace(path, bytes(body))


def replace(path: pathlib.Path, body: bytes) -> None:
    """Another file in its place: one that is mapped is never written to."""
    path.with_suffix(".new").write_bytes(body)
    path.with_suffix(".new").replace(path)


DAMAGES = {
    "flipped": flip,
    "cut off": lambda path: replace(path, path.read_bytes()[:-1000]),
    "emptied": lambda path: replace(path, b""),
    "something else": lambda path: replace(path, b"PK\x03\x04 not what it says" * 99),
}


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_catalogue_is_made_anew_and_told_once(network: Network, how: str) -> None:
    told, damaged = web_log(network).count("passed over"), set[pathlib.Path]()

    def damage() -> None:
        for path in kept(network):
            DAMAGES[how](path)
            damaged.add(path)

    restart_web(network, before_it_is_back=damage)
    assert len(shown(network)) == VIDEOS
    until_kept(network, but=damaged)
    assert web_log(network).count("passed over") == told + len(damaged)


def test_a_missing_catalogue_is_made_anew(network: Network) -> None:
    def remove() -> None:
        for path in kept(network):
            path.unlink()

    restart_web(network, before_it_is_back=remove)
    assert len(shown(network)) == VIDEOS
    assert until_kept(network)


def test_a_start_goes_on_from_what_is_kept_and_misses_nothing(network: Network) -> None:
    before = kept(network)
    with database(network) as connection:
        row = connection.execute("SELECT id FROM videos_video ORDER BY id LIMIT 1").fetchone()
        connection.execute("UPDATE videos_video SET visibility = 'only_me' WHERE id = %s", row)
        restart_web(network)
        try:
            assert len(shown(network)) == VIDEOS - 1
        finally:
            connection.execute("UPDATE videos_video SET visibility = 'everyone' WHERE id = %s", row)
    eventually(lambda: len(shown(network)) == VIDEOS, what="it is back")
    assert set(before) <= set(kept(network)), "nothing was made anew"


def test_a_writer_killed_in_the_middle_leaves_nothing_that_anybody_believes(network: Network) -> None:
    """Killed around the time at which a first catalogue is kept; `test_stock` kills a writer at its last step."""

    def remove() -> None:
        for path in kept(network):
            path.unlink()

    restart_web(network, before_it_is_back=remove)
    shown(network)
    time.sleep(2)  # by now the first catalogue is due to be made and kept
    shown(network)
    (network.folder / FOLDER / "tmpkilled.part").write_bytes(b"half of it")
    restart_web(network, before_it_is_back=remove)
    assert len(shown(network)) == VIDEOS
    until_kept(network)
    assert not list((network.folder / FOLDER).glob("*.part"))


def test_while_the_database_is_away_nothing_is_forgotten(network: Network) -> None:
    assert len(shown(network)) == VIDEOS
    for pid in network.children("bin/postgres"):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    eventually(network.is_ready, what="the database is back")
    eventually(lambda: len(shown(network)) == VIDEOS, what="the feed is whole again")


class Enclosed(Network):
    """An instance in a namespace of its own, where something is mounted over the folder of catalogues."""

    mount = ""

    def command(self, *words: str) -> list[str]:
        given = super().command(*words)
        folder = self.folder / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        return [*ALONE, "sh", "-c", f'{self.mount} && shift && exec "$@"', "sh", str(folder), *given]

    def mend(self, words: str) -> None:
        """Mount it otherwise, from inside."""
        pid = self.children("revue.cli web")[0]
        os.system(f"nsenter --target {pid} --mount sh -c '{words}' sh {self.folder / FOLDER}")


@pytest.mark.skipif(not can_mount() or os.geteuid() != 0, reason="no mount namespaces here")
@pytest.mark.parametrize(
    ("mount", "mended", "error"),
    [
        ('mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"', 'mount -o remount,rw,bind "$1"', "Read-only"),
        ('mount -t tmpfs -o size=16k tmpfs "$1"', 'mount -o remount,size=64m "$1"', "No space left"),
    ],
    ids=["read-only", "full"],
)
def test_a_disk_that_takes_nothing_stops_no_feed_and_is_used_again_when_it_does(tmp_path, mount, mended, error) -> None:
    network = Enclosed(with_tables(tmp_path / "data"))
    network.mount = mount
    try:
        network.start()
        fill(network)
        eventually(lambda: shown(network) and "cannot be kept" in web_log(network), what="it is told")
        assert len(shown(network)) == VIDEOS
        assert error in web_log(network)
        network.mend(mended)
        eventually(lambda: shown(network) and "is kept in" in web_log(network), what="it is kept again", seconds=120)
        assert web_log(network).count("cannot be kept") == 1
    finally:
        network.stop()
        for member in network.members:
            member.http.close()
