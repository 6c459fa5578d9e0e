"""Pictures drawn by a program → a video file. Knows no Django; nothing here reads what people uploaded."""

import pathlib
import subprocess
from collections.abc import Iterable

from revue.media.ffmpeg.errors import EncoderFailed
from revue.media.ffmpeg.finder import Ffmpeg


def encode_pictures(
    ffmpeg: Ffmpeg,
    pictures: Iterable[bytes],
    *,
    width: int,
    height: int,
    fps: int,
    sound: pathlib.Path,
    out: pathlib.Path,
) -> None:
    """Encode pictures (rows of red, green, blue bytes) with a sound file into an MP4, fast rather than small.

    The file appears under its name when it is whole.

    Raises:
        EncoderFailed: ffmpeg ended with an error; nothing is left behind.
    """
    part = out.with_name(out.name + ".part")
    words = ["-nostdin", "-hide_banner", "-v", "error", "-y"]
    words += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", str(fps), "-i", "pipe:0"]
    words += ["-f", "wav", "-protocol_whitelist", "file", "-i", str(sound), "-map", "0:v", "-map", "1:a"]
    words += ["-vf", "scale=out_range=tv:out_color_matrix=bt709,format=yuv420p", "-c:v", "libx264"]
    words += ["-preset", "ultrafast", "-crf", "24", "-threads", "1", "-color_range", "tv", "-colorspace", "bt709"]
    words += [
        "-color_primaries",
        "bt709",
        "-color_trc",
        "bt709",
        "-c:a",
        "aac",
        "-aac_coder",
        "fast",
        "-b:a",
        "160k",
        "-f",
        "mp4",
    ]
    child = subprocess.Popen(
        [ffmpeg.path, *words, str(part)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        said = _feed(child, pictures)
        if child.returncode != 0:
            raise EncoderFailed(said[-400:])
        part.replace(out)
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
        part.unlink(missing_ok=True)


def _feed(child: "subprocess.Popen[bytes]", pictures: Iterable[bytes]) -> str:
    """Write all pictures and wait for the end; what ffmpeg complained of is returned."""
    if child.stdin is None or child.stderr is None:
        raise EncoderFailed("ffmpeg was started without pipes")
    with child.stderr:
        try:
            for picture in pictures:
                child.stdin.write(picture)
            child.stdin.close()
        except BrokenPipeError:  # ffmpeg gave up; why stands in its messages
            pass
        said = child.stderr.read().decode(errors="replace")
    child.wait()
    return said
