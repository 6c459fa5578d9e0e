"""Clips for the instance that is measured."""

import os
import pathlib
import subprocess
import sys
import time

import imageio_ffmpeg

from bench.front.load import tree_cpu
from tests.journeys.network import Network

CLIPS = 12
# An instance rests when it has used less than this share of a core in each of so many seconds.
REST_SHARE, REST_S, REST_WITHIN_S = 0.15, 10, 300


def make_textured_clip(path: pathlib.Path, number: int) -> pathlib.Path:
    """Ten seconds with enough detail that a 540 rendition comes near its bitrate cap."""
    picture = f"mandelbrot=size=540x960:rate=30:start_scale={3 / (number + 1)}"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", picture]
    command += ["-f", "lavfi", "-i", f"sine=frequency={220 + 20 * number}", "-t", "10", "-c:v", "libx264"]
    subprocess.run([*command, "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", str(path)], check=True)
    return path


def fill(network: Network, folder: pathlib.Path) -> str:
    """Post the clips, a few authors each with a few; answers the id of one."""
    posted = []
    for number in range(CLIPS):
        member = network.member(f"bench{number}")
        posted.append((member, member.post(make_textured_clip(folder / f"{number}.mp4", number), f"Clip {number}")))
    for member, video_id in posted:
        member.wait_published(video_id)
    _wait_for_rest(network)
    return posted[0][1]


def _wait_for_rest(network: Network) -> None:
    """Let the remaining renditions and whatever else is due come to an end: the browser needs the same processor."""
    deadline = time.monotonic() + REST_WITHIN_S
    quiet_since = time.monotonic()
    before = tree_cpu(network.children(""))
    while time.monotonic() < min(deadline, quiet_since + REST_S):
        time.sleep(1)
        now = tree_cpu(network.children(""))
        if now - before > REST_SHARE:
            quiet_since = time.monotonic()
        before = now


def multiply(network: Network) -> None:
    """Make many videos of the clips that are there; see `many.py`."""
    environ = {**os.environ, "REVUE_DATA_DIR": str(network.folder), "REVUE_LOG_LEVEL": "error"}
    subprocess.run([sys.executable, "-m", "bench.web.many"], env=environ, check=True)
    time.sleep(5)  # the catalogue is looked at again meanwhile
