"""Clips to measure with: drawn by ffmpeg, as hard to encode as a phone's, or whatever a folder holds."""

import pathlib
import subprocess

from revue.media.ffmpeg.finder import find_ffmpeg

_LENGTHS = (7, 20, 60)
_SUFFIXES = (".mp4", ".mov", ".webm", ".mkv", ".3gp")


def drawn(folder: pathlib.Path) -> list[pathlib.Path]:
    """Textured upright clips of several lengths: a moving card under grain, with a voice's worth of noise."""
    return [_drawn(folder / f"textured-{seconds}s.mp4", seconds) for seconds in _LENGTHS]


def of_folder(folder: pathlib.Path) -> list[pathlib.Path]:
    """The films of a folder, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)


def _drawn(path: pathlib.Path, seconds: int) -> pathlib.Path:
    picture = f"testsrc2=size=720x1280:rate=30:duration={seconds},noise=alls=18:allf=t,format=yuv420p"
    sound = f"anoisesrc=color=pink:amplitude=0.2:duration={seconds}:sample_rate=48000"
    subprocess.run(
        [
            *(find_ffmpeg().path, "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", picture),
            *("-f", "lavfi", "-i", sound, "-c:v", "libx264", "-preset", "veryfast", "-b:v", "8M"),
            *("-c:a", "aac", "-shortest", "-movflags", "+faststart", path),
        ],
        check=True,
    )
    return path
