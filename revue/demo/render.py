"""Turn → a video file. Pure: no Django and no database, so that it runs in a process of its own.

As a program it reads one line of JSON for each clip, `{"key": …, "out": …}`, and answers each with one line
`{"key": …, "cost": …}`. It ends when its input ends, so it never outlives the process that asked.
"""

import dataclasses
import io
import itertools
import json
import os
import pathlib
import sys
import tempfile
import time
from collections.abc import Iterator

from PIL import Image

from revue.demo.acts import ACTS
from revue.demo.acts.turn import Turn
from revue.demo.cast import BY_HANDLE, Member
from revue.demo.paint.canvas import HEIGHT, WIDTH, Camera, Canvas
from revue.demo.paint.face import Expression
from revue.demo.paint.performer import Performer
from revue.demo.paint.pose import Pose
from revue.demo.paint.stage import Set, Stage
from revue.demo.programme import PROGRAMME
from revue.media.ffmpeg.finder import find_ffmpeg
from revue.media.ffmpeg.pictures import encode_pictures
from revue.sounds.synth.tape import write_wav

FPS = 24
_NICE = 10  # the site comes first
_TURNS = {turn.key: turn for turn in PROGRAMME}


@dataclasses.dataclass(frozen=True, slots=True)
class Cost:
    """Processor and wall seconds of one clip's stages; `encode` is what ffmpeg used by itself."""

    stage: float
    sound: float
    paint: float
    encode: float
    wall: float
    length: float


def render(turn: Turn, out: pathlib.Path, ffmpeg: str = "") -> Cost:
    """Make the clip of a turn at `out` (MP4, 540x960, 24 frames a second), with the ffmpeg that `find_ffmpeg` finds."""
    began, marks = time.monotonic(), [_own()]
    ffmpeg_before = _children()
    scene = ACTS[turn.act](turn, BY_HANDLE[turn.performer].look)
    scene.stage.view(scene.cuts[0][1], 0)  # paints it; counted apart from the frames
    marks.append(_own())
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        wav = pathlib.Path(folder) / "sound.wav"
        write_wav(wav, scene.sound())
        marks.append(_own())
        canvas = Canvas()

        def frames() -> Iterator[bytes]:
            for number in range(round(scene.seconds * FPS)):
                scene.paint(canvas, number / FPS)
                yield canvas.bytes()

        encode_pictures(find_ffmpeg(ffmpeg), frames(), width=WIDTH, height=HEIGHT, fps=FPS, sound=wav, out=out)
    marks.append(_own())
    stage, sound, paint = (after - before for before, after in itertools.pairwise(marks))
    encode, wall = _children() - ffmpeg_before, time.monotonic() - began
    return Cost(stage, sound, paint, encode, wall, scene.seconds)


def portrait(member: Member) -> bytes:
    """A square picture of a performer's face, as PNG."""
    dice = sum(map(ord, member.handle))
    palette, motif = _BACKDROPS[dice % len(_BACKDROPS)]
    stage = Stage(Set(palette, motif, "gloss", "open", dice))
    lens = Camera(1.9, WIDTH / 2, 452)
    canvas = Canvas()
    canvas.start(stage.view(lens, 3), lens)
    performer = Performer(member.look, stage.palette.ink, 1.12)
    pose = Pose(turn=0.25, tilt=0.07, lean=0.03, lhy=0.9, rhy=0.9)
    performer.paint(canvas, pose, Expression(open=0.4, wide=0.4, smile=1.0, brow=0.4, gaze_x=0.2))
    picture = Image.fromarray(canvas.pixels()[150 : 150 + WIDTH])
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


_BACKDROPS = (
    ("peach", "sunburst"),
    ("sky", "dots"),
    ("mint", "harlequin"),
    ("candy", "scales"),
    ("mustard", "sunburst"),
    ("lagoon", "dots"),
    ("plum", "harlequin"),
)


def _own() -> float:
    times = os.times()
    return times.user + times.system


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def main() -> None:
    """Answer lines until there are no more."""
    os.nice(max(0, _NICE - os.nice(0)))
    for line in sys.stdin:
        order = json.loads(line)
        cost = render(_TURNS[order["key"]], pathlib.Path(order["out"]), order["ffmpeg"])
        _answer({"key": order["key"], "cost": dataclasses.asdict(cost)})


def _answer(words: dict[str, object]) -> None:
    """Say it to the process that asked; without one there is nothing left to do."""
    try:
        sys.stdout.write(json.dumps(words) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
