"""How surely sounds are known again, and how rarely others are taken for them.

python -m bench.sounds                    # pieces of the sound library and the demo's clips
python -m bench.sounds --media FOLDER     # sounds of real clips beside them

Of each sound ten seconds are kept, changed as people and players change them, and compared with what was kept. Then
every two different sounds are compared.
"""

import argparse
import itertools
import os
import pathlib
import statistics
import subprocess
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "revue.settings.django")
import django

django.setup()

from revue.demo.acts import ACTS  # noqa: E402 - apps are ready only now
from revue.demo.cast import BY_HANDLE  # noqa: E402
from revue.demo.programme import PROGRAMME  # noqa: E402
from revue.media.ffmpeg.finder import find_ffmpeg  # noqa: E402
from revue.media.recognise import audio  # noqa: E402
from revue.sounds.library import PIECES  # noqa: E402
from revue.sounds.synth.piece import play  # noqa: E402
from revue.sounds.synth.tape import write_wav  # noqa: E402

Print = tuple[int, ...]
_NOISE = "anoisesrc=c={colour}:a={level}:d=60[n];[0:a][n]amix=2:normalize=0:duration=first"
EDITS: dict[str, tuple[str, list[str]]] = {
    "AAC 32 kb/s": (".m4a", ["-c:a", "aac", "-b:a", "32k"]),
    "Opus 24 kb/s": (".webm", ["-c:a", "libopus", "-b:a", "24k"]),
    "12 dB quieter": (".wav", ["-af", "volume=-12dB"]),
    "white noise at -30 dB": (".wav", ["-filter_complex", _NOISE.format(colour="white", level=0.03)]),
    "white noise at -20 dB": (".wav", ["-filter_complex", _NOISE.format(colour="white", level=0.1)]),
    "pink noise at -14 dB": (".wav", ["-filter_complex", _NOISE.format(colour="pink", level=0.2)]),
    "from 2.35 s on": (".wav", ["-ss", "2.35"]),
    "5 s from 3.1 s on": (".wav", ["-ss", "3.1", "-t", "5"]),
    "3.5 s from 5.1 s on": (".wav", ["-ss", "5.1", "-t", "3.5"]),
    "cut at both ends, AAC": (".m4a", ["-ss", "1.3", "-t", "6.5", "-c:a", "aac", "-b:a", "64k"]),
    "2 % faster": (".wav", ["-af", "atempo=1.02"]),
    "5 % faster": (".wav", ["-af", "atempo=1.05"]),
    "3 % higher": (".wav", ["-af", "asetrate=48000*1.03,aresample=48000"]),
    "a phone's speaker": (".m4a", ["-af", "highpass=300,lowpass=4000,aecho=0.8:0.7:40:0.3", "-c:a", "aac"]),
}


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--media", type=pathlib.Path, help="a folder of clips whose sounds join in")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        sounds = _library(place) + (_real(words.media, place) if words.media else [])
        kept = {path.stem: print_of(path, place) for path in sounds}
        told = {name: numbers for name, numbers in kept.items() if audio.keys(numbers)}
        print(f"{len(told)} sounds of ten seconds, {len(kept) - len(told)} left out: silence, or one held tone")
        _show_edits([path for path in sounds if path.stem in told], told, place)
        _show_others({**told, **_demo(place)})


def ffmpeg(*words: str | pathlib.Path) -> None:
    """Run ffmpeg to its end."""
    subprocess.run([find_ffmpeg().path, "-nostdin", "-v", "error", "-y", *map(str, words)], check=True)


def print_of(path: pathlib.Path, place: pathlib.Path) -> Print:
    """The fingerprint of a sound file."""
    out = place / "print.raw"
    ffmpeg("-i", path, "-vn", "-ac", "1", "-ar", "11025", "-f", "chromaprint", "-fp_format", "raw", out)
    return audio.numbers(out.read_bytes())


def _library(place: pathlib.Path) -> list[pathlib.Path]:
    found = []
    for piece in PIECES:
        write_wav(place / "whole.wav", play(piece))
        found.append(place / f"{piece.slug}.wav")
        ffmpeg("-ss", "4", "-t", "10", "-i", place / "whole.wav", found[-1])
    return found


def _real(folder: pathlib.Path, place: pathlib.Path) -> list[pathlib.Path]:
    """The sounds of the clips in a folder; files without one are passed over."""
    found = []
    for path in sorted(folder.iterdir()):
        out = place / f"{path.stem}.wav"
        try:
            ffmpeg("-t", "10", "-i", path, "-map", "0:a:0", "-ar", "48000", "-ac", "2", out)
        except subprocess.CalledProcessError:
            continue
        found.append(out)
    return found


def _demo(place: pathlib.Path) -> dict[str, Print]:
    prints = {}
    for turn in PROGRAMME:
        write_wav(place / "demo.wav", ACTS[turn.act](turn, BY_HANDLE[turn.performer].look).sound())
        prints[turn.key] = print_of(place / "demo.wav", place)
    return prints


def _show_edits(sounds: list[pathlib.Path], prints: dict[str, Print], place: pathlib.Path) -> None:
    print(f"\n{'change':<24} known again   bits that differ: median, most")
    for name, (suffix, words) in EDITS.items():
        differences = []
        for path in sounds:
            changed = place / f"changed{suffix}"
            ffmpeg("-i", path, *words, changed)
            found = audio.match(print_of(changed, place), prints[path.stem])
            differences += [found.difference] if found else []
        share = f"{len(differences)} of {len(sounds)}"
        told = f"{statistics.median(differences):.3f}, {max(differences):.3f}" if differences else "-"
        print(f"{name:<24} {share:<13} {told}")


def _show_others(prints: dict[str, Print]) -> None:
    """How often two different sounds are taken for one."""
    pairs = list(itertools.combinations(prints, 2))
    same = [(one, other) for one, other in pairs if audio.match(prints[one], prints[other])]
    print(f"\n{len(same)} of {len(pairs)} pairs of different sounds were taken for one sound {same or ''}")


if __name__ == "__main__":
    main()
