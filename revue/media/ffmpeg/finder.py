"""Which ffmpeg to run, and what it can do."""

import contextlib
import dataclasses
import functools
import pathlib
import shutil
import subprocess

import imageio_ffmpeg


class NoFfmpeg(RuntimeError):
    """There is no usable ffmpeg; the text says what to install."""


@dataclasses.dataclass(frozen=True)
class Ffmpeg:
    """One ffmpeg binary and the parts of it we use."""

    path: pathlib.Path
    version: str
    has_zscale: bool  # tone-maps HDR
    has_webp: bool
    has_chromaprint: bool  # knows sounds again
    has_av1: bool = False  # encodes it, by SVT-AV1
    has_vmaf: bool = False  # says how much of a picture an encoder left


@functools.cache
def find_ffmpeg(wanted: str = "") -> Ffmpeg:
    """The ffmpeg at the path `wanted`; of an empty one, the wheel's, else the one on PATH. Asked once what it can do.

    Raises:
        NoFfmpeg: it is none, or does not encode H.264 and AAC.
    """
    for path in [pathlib.Path(wanted)] if wanted else _candidates():
        encoders = _ask(path, "-encoders")
        if " libx264 " in encoders and " aac " in encoders:
            version = _ask(path, "-version").split(maxsplit=3)[2]
            filters, has_print = _ask(path, "-filters"), " chromaprint " in _ask(path, "-muxers")
            has_av1, has_vmaf = " libsvtav1 " in encoders, " libvmaf " in filters
            return Ffmpeg(path, version, " zscale " in filters, " libwebp " in encoders, has_print, has_av1, has_vmaf)
    if wanted:
        raise NoFfmpeg(f"REVUE_FFMPEG names {wanted}, which is no ffmpeg with libx264 and aac.")
    raise NoFfmpeg("No ffmpeg with libx264 and aac: install the package imageio-ffmpeg, or set REVUE_FFMPEG to one.")


def _candidates() -> list[pathlib.Path]:
    found = []
    with contextlib.suppress(RuntimeError):  # the wheel of this platform carries none
        found.append(imageio_ffmpeg.get_ffmpeg_exe())
    found.append(shutil.which("ffmpeg") or "")
    return [pathlib.Path(path) for path in found if path]


def _ask(path: pathlib.Path, question: str) -> str:
    try:
        return subprocess.run([path, "-hide_banner", question], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
