"""How surely edited clips are known again, and how rarely others are taken for them.

python -m bench.pictures                    # the demo's clips
python -m bench.pictures --media FOLDER     # real clips

Each clip (ten seconds of it) is edited as people edit what they post again, and compared with what was kept of it; then
every two different clips are compared.
"""

import argparse
import itertools
import pathlib
import statistics
import subprocess
import tempfile
import time

from revue.media.ffmpeg.finder import find_ffmpeg
from revue.media.recognise import frames
from revue.media.recognise.frames import FrameMatch, Hashes, Looks

SECONDS = 10
LEAST_SECONDS = 4
EDITS: dict[str, list[str]] = {
    "re-encode, CRF 35": ["-crf", "35"],
    "scale to 240 pixels wide": ["-vf", "scale=240:-2"],
    "both": ["-vf", "scale=240:-2", "-crf", "35"],
    "grey": ["-vf", "format=gray,format=yuv420p"],
    "sepia": ["-vf", "colorchannelmixer=.393:.769:.189:0:.349:.686:.168:0:.272:.534:.131"],
    "trim 2.2 s from the front": ["-ss", "2.2"],
    "mirror": ["-vf", "hflip"],
    "letterbox to 16:9": ["-vf", "scale=-2:720,pad='max(iw,1280)':720:(ow-iw)/2:(oh-ih)/2"],
    "crop 10 %": ["-vf", "crop=iw*0.9:ih*0.9"],
    "crop 25 %": ["-vf", "crop=iw*0.75:ih*0.75"],
    "caption box, low": ["-vf", "drawbox=x=iw*0.05:y=ih*0.72:w=iw*0.9:h=ih*0.2:color=white:t=fill"],
    "caption box, middle": ["-vf", "drawbox=x=iw*0.05:y=ih*0.4:w=iw*0.9:h=ih*0.2:color=white:t=fill"],
    "large logo": ["-vf", "drawbox=x=iw*0.6:y=ih*0.05:w=iw*0.35:h=ih*0.2:color=red:t=fill"],
    "noise": ["-vf", "noise=alls=25:allf=t"],
    "speed x1.25": ["-vf", "setpts=PTS/1.25"],
    "mirror and crop 10 %": ["-vf", "hflip,crop=iw*0.9:ih*0.9"],
}


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--media", type=pathlib.Path, help="a folder of real clips")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        clips = _real(words.media, place) if words.media else _demo(place)
        began = time.process_time()
        looks = {path.stem: frames.looks(_pictures(path)) for path in clips}
        each = (time.process_time() - began) / max(1, len(clips))
        kept = {name: one.kept for name, one in looks.items()}
        told = [path for path in clips if kept[path.stem].shape[1] >= frames.LEAST_FRAMES]
        print(
            f"{len(told)} clips, {len(clips) - len(told)} left out as still or empty; {each:.2f} s of CPU to hash one"
        )
        _show_edits(told, kept, place)
        _show_others([path.stem for path in told], looks)


def _pictures(path: pathlib.Path) -> bytes:
    look = ["-vf", f"fps={frames.A_SECOND},scale={frames.EDGE}:{frames.EDGE},format=gray", "-f", "rawvideo", "-"]
    return _ffmpeg("-i", str(path), "-an", *look)


def _ffmpeg(*words: str) -> bytes:
    run = [str(find_ffmpeg().path), "-nostdin", "-v", "quiet", "-y", *words]
    return subprocess.run(run, check=True, capture_output=True).stdout


def _real(folder: pathlib.Path, place: pathlib.Path) -> list[pathlib.Path]:
    found = []
    for path in sorted(folder.iterdir()):
        out = place / f"{path.stem}.mp4"
        try:
            _ffmpeg(
                "-t",
                str(SECONDS),
                "-i",
                str(path),
                "-an",
                "-vf",
                "scale=-2:640,setsar=1",
                "-preset",
                "veryfast",
                str(out),
            )
        except subprocess.CalledProcessError:
            continue
        if len(_pictures(out)) >= LEAST_SECONDS * frames.A_SECOND * frames.PICTURE_BYTES:
            found.append(out)
    return found


def _demo(place: pathlib.Path) -> list[pathlib.Path]:
    from revue.demo.programme import PROGRAMME  # noqa: PLC0415 - painters are needed only here
    from revue.demo.render import render  # noqa: PLC0415

    found = []
    for turn in PROGRAMME[::3]:
        found.append(place / f"{turn.key}.mp4")
        render(turn, found[-1])
    return found


def _best(asked: Looks, kept: Hashes) -> FrameMatch | None:
    found = [frames.match(hashes, kept) for hashes in asked.asked]
    return max((one for one in found if one), key=lambda one: one.share, default=None)


def _show_edits(clips: list[pathlib.Path], kept: dict[str, Hashes], place: pathlib.Path) -> None:
    print(f"\n{'edit':<28} known again   share of frames: median, least")
    for name, words in EDITS.items():
        shares = []
        for path in clips:
            _ffmpeg("-i", str(path), *words, "-preset", "veryfast", str(place / "edited.mp4"))
            found = _best(frames.looks(_pictures(place / "edited.mp4")), kept[path.stem])
            shares += [found.share] if found else []
        told = f"{statistics.median(shares):.2f}, {min(shares):.2f}" if shares else "-"
        print(f"{name:<28} {f'{len(shares)} of {len(clips)}':<13} {told}", flush=True)


def _show_others(names: list[str], looks: dict[str, Looks]) -> None:
    """How often two different clips are taken for one."""
    pairs = list(itertools.permutations(names, 2))
    same = [(one, other) for one, other in pairs if _best(looks[one], looks[other].kept)]
    print(f"\n{len(same)} of {len(pairs)} questions about another clip were answered with it {same or ''}")


if __name__ == "__main__":
    main()
