"""Clips for the instance that is measured."""

import os
import pathlib
import subprocess
import sys
import time

import imageio_ffmpeg

from tests.journeys.network import Network

CLIPS = 12


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
    deadline = time.monotonic() + 300  # let the remaining renditions finish, or they would load the processor
    while network.children("ffmpeg") and time.monotonic() < deadline:
        time.sleep(1)
    return posted[0][1]


def multiply(network: Network) -> None:
    """Make many videos of the clips that are there; see `many.py`."""
    environ = {**os.environ, "REVUE_DATA_DIR": str(network.folder), "REVUE_LOG_LEVEL": "error"}
    subprocess.run([sys.executable, "-m", "bench.web.many"], env=environ, check=True)
    time.sleep(5)  # the catalogue is looked at again meanwhile
