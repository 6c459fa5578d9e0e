"""Small films of every awkward kind, made by ffmpeg when a test asks for them."""

import pathlib
import subprocess

from revue.media.ffmpeg.finder import find_ffmpeg

X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]


def ffmpeg(*words: str | pathlib.Path) -> None:
    """Run ffmpeg, unshut: these inputs are our own."""
    subprocess.run([find_ffmpeg().path, "-nostdin", "-v", "error", "-y", *map(str, words)], check=True)


def film(
    path: pathlib.Path,
    *,
    size: str = "180x320",
    seconds: float = 1.0,
    rate: int = 30,
    sound: bool = True,
    extra: tuple[str, ...] = (),
    codec: tuple[str, ...] = tuple(X264),
) -> pathlib.Path:
    """A test card that moves, with a tone."""
    source = ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}:duration={seconds}"]
    tone = ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"] if sound else []
    ffmpeg(*source, *tone, *codec, *(["-c:a", "aac"] if sound and path.suffix != ".webm" else []), *extra, path)
    return path


def turned(path: pathlib.Path, degrees: int = 90) -> pathlib.Path:
    """A portrait film stored on its side with a display matrix, as phones do. Its top left quarter is red."""
    upright = path.with_name(f"upright-{path.name}")
    red = "color=blue:size=180x320:rate=30:duration=1,drawbox=x=0:y=0:w=90:h=160:color=red:t=fill"
    ffmpeg("-f", "lavfi", "-i", f"{red},transpose=1", *X264, upright)
    ffmpeg("-display_rotation", str(degrees), "-i", upright, "-c", "copy", path)
    return path


def pixel(path: pathlib.Path, x: int, y: int) -> tuple[int, int, int]:
    """The colour of one pixel of a film's first frame."""
    words = ["-v", "error", "-i", path, "-frames:v", "1", "-vf", f"crop=2:2:{x}:{y},scale=1:1,format=rgb24"]
    run = subprocess.run([find_ffmpeg().path, *words, "-f", "rawvideo", "-"], capture_output=True, check=True)
    return run.stdout[0], run.stdout[1], run.stdout[2]


def described(path: pathlib.Path) -> str:
    """What `ffmpeg -i` says of a file."""
    run = subprocess.run([find_ffmpeg().path, "-hide_banner", "-i", path], capture_output=True, text=True, check=False)
    return run.stderr


def frame_count(path: pathlib.Path) -> int:
    """How many pictures a film decodes to."""
    words = ["-v", "error", "-i", path, "-map", "0:v:0", "-f", "framemd5", "-fps_mode", "passthrough", "-"]
    run = subprocess.run([find_ffmpeg().path, *words], capture_output=True, text=True, check=True)
    return sum(not line.startswith("#") for line in run.stdout.splitlines())


def key_frame_times(path: pathlib.Path) -> set[float]:
    """The seconds, to a tenth, at which a film can be entered."""
    words = ["-v", "error", "-skip_frame", "nokey", "-i", path, "-map", "0:v:0", "-fps_mode", "passthrough"]
    run = subprocess.run(
        [find_ffmpeg().path, *words, "-enc_time_base", "1/1000", "-f", "framemd5", "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split(",") for line in run.stdout.splitlines() if not line.startswith("#")]
    return {round(int(row[2]) / 1000, 1) for row in rows}


def loudness(path: pathlib.Path) -> float:
    """The integrated loudness of a film's sound, in LUFS."""
    words = ["-hide_banner", "-nostats", "-i", path, "-af", "ebur128=framelog=verbose", "-vn", "-f", "null", "-"]
    run = subprocess.run([find_ffmpeg().path, *words], capture_output=True, text=True, check=True)
    return float(run.stderr.rpartition("    I:")[2].split()[0])
