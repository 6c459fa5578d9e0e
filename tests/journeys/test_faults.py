"""Whatever is killed, and whenever: nothing a creator sent is lost, and nothing happens twice."""

import os
import pathlib
import random
import signal

import httpx
import pytest

from tests.journeys.network import Member, Network, eventually, make_clip, sha256

pytestmark = [pytest.mark.journey, pytest.mark.fault, pytest.mark.timeout(300)]

PART = 1_500_000
SERVER_WORDS = {"web": "web", "worker": "worker", "database": "postgres"}


def kill(network: Network, word: str) -> None:
    """kill -9 every process of one kind below the supervisor."""
    pids = network.children(word)
    assert pids, f"no {word} process is running"
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:  # it died with its parent a moment ago
            continue
    eventually(lambda: not set(pids) & set(network.children(word)), what=f"{word} {pids} is gone")


def originals(network: Network) -> list[pathlib.Path]:
    return [path for path in (network.folder / "media" / "originals").rglob("*") if path.is_file()]


def arrived(network: Network) -> int:
    """How many bytes of the one upload under way lie in the inbox."""
    return sum(path.stat().st_size for path in (network.folder / "uploads").iterdir())


def send_and_be_killed(member: Member, network: Network, upload: str, data: bytes, offset: int) -> None:
    """Send from `offset` on, and kill the web server in the middle of a part of which it has kept something."""

    def parts() -> object:
        middle = offset + len(data[offset:]) // 3
        for start in range(offset, middle, 65_536):
            yield data[start : min(start + 65_536, middle)]
        eventually(lambda: arrived(network) > offset, what="something of this part was kept")
        kill(network, "web")
        yield data[middle:]

    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": str(offset),
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(len(data) - offset),
    }
    with pytest.raises((httpx.HTTPError, AssertionError)):
        member.call("PATCH", upload, content=parts(), headers=headers)
    eventually(network.is_ready, what="the web server is back")


def test_a_twenty_megabyte_upload_killed_three_times_arrives_whole_and_once(own_network: Network) -> None:
    clip = make_clip(own_network.folder.parent / "big.mp4", seconds=2)
    data = clip.read_bytes()
    noise = random.Random(7).randbytes(20_000_000 - len(data))  # a box of its own behind the film: players skip it
    data += (len(noise)).to_bytes(4, "big") + b"free" + noise[8:]
    member = own_network.member("ana")
    upload = member.begin_upload(len(data))
    seen = [0]
    for _ in range(3):
        send_and_be_killed(member, own_network, upload, data, seen[-1])
        seen.append(member.offset(upload))
    assert seen == sorted(set(seen)), f"each try kept some of its bytes: {seen}"
    for start in range(seen[-1], len(data), PART):
        member.send(upload, data[start : start + PART], start)
    video_id = member.post_upload(upload, "Resumed three times")
    member.wait_published(video_id)
    assert [sha256(path.read_bytes()) for path in originals(own_network)] == [sha256(data)]
    assert len(member.call("GET", "/api/v1/me/videos").json()["items"]) == 1


@pytest.mark.parametrize("kind", ["web", "worker", "database"])
def test_a_process_killed_in_mid_transcode_loses_and_doubles_nothing(network: Network, kind: str) -> None:
    clip = make_clip(network.folder.parent / f"{kind}.mp4", seconds=6, size="720x1280")
    member = network.member(f"killed.{kind}")
    video_id = member.post(clip, f"Killed the {kind} #fault")
    eventually(lambda: network.children("ffmpeg") or member.status(video_id)["progress"], what="the transcode began")
    kill(network, SERVER_WORDS[kind])
    eventually(network.is_ready, what=f"the site is back without its {kind}")
    member.wait_published(video_id)
    assert [item["id"] for item in member.call("GET", "/api/v1/me/videos").json()["items"]] == [video_id]


def test_a_killed_supervisor_takes_everything_along_and_the_next_start_has_it_all(own_network: Network) -> None:
    clip = make_clip(own_network.folder.parent / "late.mp4", seconds=6, size="720x1280")
    member = own_network.member("late")
    video_id = member.post(clip, "Posted just before the lights went out")
    own_network.stop(signal.SIGKILL)
    own_network.start()
    member.wait_published(video_id)
    assert [item["id"] for item in member.call("GET", "/api/v1/me/videos").json()["items"]] == [video_id]
