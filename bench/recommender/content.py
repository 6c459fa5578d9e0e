"""Whether videos of one kind lie nearer than others, by their content vectors.

python -m bench.recommender.content                    # the demo troupe: the kinds are its acts
python -m bench.recommender.content --media FOLDER     # real clips too: the kinds are the films they were cut from
python -m bench.recommender.content --usual --media FOLDER   # prints the table of engine/content/usual.py anew

Each clip is looked at as an instance does, by `media/ffmpeg/glance.py`. What was seen is
kept in the folder `--cache` (by default below the system's temporary folder) so that a second run takes seconds.

Of real clips two are of one kind when they come from one film. Each clip of three seconds or more is cut into thirds,
and the second and third are made anew as people do: smaller and worse, or mirrored, cropped and paler. Shorter ones
stay whole, and only those take part that the list `FILMS` puts into one film with another. Nothing is said of them: no
words, no maker, no sound's name, so only what is seen and heard counts.

The shipped table of what is usual was made of these very clips, if without their kinds; so each set is judged also
with a table made of the other set alone. All seeds are fixed: a second run prints the same numbers.
"""

import argparse
import dataclasses
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from bench.recommender.judged import judged
from revue.demo.programme import PROGRAMME
from revue.demo.render import render
from revue.media.ffmpeg.errors import MediaError
from revue.media.ffmpeg.finder import find_ffmpeg
from revue.media.ffmpeg.glance import EDGE, Glance, glance
from revue.recommender.engine.content.centre import centred
from revue.recommender.engine.content.facts import DIMENSIONS, VideoFacts
from revue.recommender.engine.content.model import BLOCKS, Descriptors, measured
from revue.recommender.engine.content.read import pictures_of, samples_of
from revue.recommender.engine.content.usual import USUAL, Table

Facts = dict[str, VideoFacts]  # by the name of a clip
Change = Callable[[VideoFacts], VideoFacts]

SMALL = "scale='if(gt(iw,ih),-2,360)':'if(gt(iw,ih),360,-2)'"  # the smallest rendition's size
EDITS = ("null", "scale=iw/2:-2", "hflip,crop=iw*0.85:ih*0.85,eq=saturation=0.5:brightness=0.04")
QUALITY = ("27", "36", "30")
LEAST_CUT_S = 3.0
FEW = 8  # clips of the troupe that are looked at again to see what it costs
LONGEST_S = 90.0  # of a clip that is cut; the rest of a longer one adds nothing but time
FILMS = {  # clips that show the same, by their names' beginnings
    "tmk_chair": "chair",
    "androidx_sample_video_only": "sample",
    "androidx_sample_missing_stsd": "sample",
    "androidx_sample_portrait": "sample",
    "androidx_bbb": "bunny",
    "mediabunny_rotate-buck-bunny": "bunny",
    "androidx_h263": "bunny",
}
ACTS = re.compile(r"#?\b(?:danc|sing|song|juggl|jok)\w*", re.IGNORECASE)
_LENGTH = re.compile(r"Duration: (\d+):(\d\d):(\d\d\.\d+)")
_HAS_SOUND = re.compile(r"Stream #0:\d+.*: Audio: (?!none|\?)")


def main() -> None:
    """Print the tables that are asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--media", type=pathlib.Path, help="a folder of real clips that join in")
    parser.add_argument("--usual", action="store_true", help="print the table of engine/content/usual.py and stop")
    parser.add_argument(
        "--cache", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "revue-bench-content"
    )
    words = parser.parse_args()
    words.cache.mkdir(parents=True, exist_ok=True)
    demo, real = troupe(words.cache), cuts(words.media, words.cache) if words.media else {}
    if words.usual:
        for name, columns in usual_of([demo, real]).items():
            print(f'    "{name}": {columns},')
        return
    show_troupe(demo, usual_of([real]) if real else None)
    if real:
        show_real(real, usual_of([demo]))
    show_speed(demo, words.cache)


def troupe(cache: pathlib.Path) -> Facts:
    """Every clip of the demo as an instance knows it once it is posted; painted once."""
    found, sounds = {}, {turn.key: number for number, turn in enumerate(PROGRAMME)}
    authors = {handle: number for number, handle in enumerate(sorted({turn.performer for turn in PROGRAMME}))}
    for turn in PROGRAMME:
        film = cache / f"demo-{turn.key}.mp4"
        if not film.exists():
            print(f"painting {turn.key}", file=sys.stderr)
            render(turn, film)
        tags = tuple(word.lower() for word in re.findall(r"#(\w+)", turn.caption))
        found[turn.key] = dataclasses.replace(
            facts(film, cache),
            caption=turn.caption,
            tags=tags,
            author_id=authors[turn.performer],
            sound_id=sounds[turn.key],
        )
    return found


def cuts(folder: pathlib.Path, cache: pathlib.Path) -> Facts:
    """Cuts of the clips in a folder by `film/number`; files that ffmpeg cannot read are passed over."""
    found = {}
    for source in sorted(folder.iterdir()):
        film = next((name for begin, name in FILMS.items() if source.stem.startswith(begin)), source.stem)
        for number, cut in enumerate(_cut(source, cache)):
            try:
                found[f"{film}/{source.stem}-{number}"] = facts(cut, cache)
            except MediaError:
                continue
    sizes = [name.partition("/")[0] for name in found]
    return {name: one for name, one in found.items() if sizes.count(name.partition("/")[0]) > 1}


def _cut(source: pathlib.Path, cache: pathlib.Path) -> Iterator[pathlib.Path]:
    """The thirds of a clip, made anew; the whole of a short one."""
    if not source.is_file() or not (told := _LENGTH.search(_about(source))):
        return
    seconds = min(LONGEST_S, int(told[1]) * 3600 + int(told[2]) * 60 + float(told[3]))
    edits = list(zip(EDITS, QUALITY, strict=True)) if seconds >= LEAST_CUT_S else [(EDITS[0], QUALITY[0])]
    for number, (edit, quality) in enumerate(edits):
        out = cache / f"cut-{source.stem}-{number}.mp4"
        length = seconds / len(edits)
        words = ["-ss", f"{number * length:.3f}", "-t", f"{length:.3f}", "-i", source]
        words += ["-vf", f"{SMALL},{edit},scale=trunc(iw/2)*2:trunc(ih/2)*2,format=yuv420p", "-c:v", "libx264"]
        words += ["-preset", "veryfast", "-crf", quality, "-ac", "2", "-ar", "48000", "-c:a", "aac", "-b:a", "96k"]
        if out.exists() or _ffmpeg(*words, out) or _ffmpeg(*words, "-an", out):
            yield out


def facts(film: pathlib.Path, cache: pathlib.Path) -> VideoFacts:
    """What is seen and heard in a rendition; looked at once."""
    kept = cache / f"{film.stem}.npz"
    if not kept.exists():
        seen = look(film)
        np.savez(kept, pictures=np.frombuffer(seen.pictures, np.uint8), sound=np.frombuffer(seen.sound, np.uint8))
    with np.load(kept) as found:
        pictures, sound = found["pictures"].tobytes(), found["sound"].tobytes()
    return VideoFacts(pictures=pictures_of(pictures, EDGE), sound=samples_of(sound))


def look(film: pathlib.Path) -> Glance:
    """What media hands out of a rendition.

    Raises:
        MediaError: it cannot be read.
    """
    about = _about(film)
    told = _LENGTH.search(about)
    seconds = int(told[1]) * 3600 + int(told[2]) * 60 + float(told[3]) if told else 1.0
    with tempfile.TemporaryDirectory() as scratch:
        has_sound = _HAS_SOUND.search(about) is not None
        return glance(find_ffmpeg(), film, pathlib.Path(scratch), round(seconds * 1000), has_sound=has_sound)


def _about(source: pathlib.Path) -> str:
    words = [str(find_ffmpeg().path), "-nostdin", "-hide_banner", "-i", str(source)]
    return subprocess.run(words, capture_output=True, text=True, check=False).stderr


def _ffmpeg(*words: str | pathlib.Path) -> bool:
    """Whether ffmpeg came to its end and left a file; what it left of a failure is removed."""
    command = [str(find_ffmpeg().path), "-nostdin", "-v", "error", "-y", *map(str, words)]
    is_done = subprocess.run(command, capture_output=True, check=False).returncode == 0
    if not is_done:
        pathlib.Path(command[-1]).unlink(missing_ok=True)
    return is_done


def nothing_said(one: VideoFacts) -> VideoFacts:
    """A video without words, maker and sound's name."""
    return dataclasses.replace(one, caption="", tags=(), author_id=None, sound_id=None)


def act_not_said(one: VideoFacts) -> VideoFacts:
    """A video whose words do not name its act."""
    tags = tuple(tag for tag in one.tags if not ACTS.fullmatch(tag))
    return dataclasses.replace(one, caption=ACTS.sub("", one.caption), tags=tags)


def show_troupe(demo: Facts, foreign: Table | None) -> None:
    """How well the acts are told apart."""
    kinds = [name.partition("-")[0] for name in demo]
    print(f"demo troupe: {len(demo)} clips, kinds are {', '.join(sorted(set(kinds)))}")
    _show_blocks(demo, kinds, "what is said, as posted")
    _show("what is said, act not named", demo, kinds, act_not_said, only="told")
    _show("all, as posted", demo, kinds)
    _show("all, act not named", demo, kinds, act_not_said)
    _show("seen and heard alone", demo, kinds, nothing_said)
    if foreign:
        _show("the same, table of others", demo, kinds, nothing_said, table=foreign)
    performers = {turn.key: turn.performer for turn in PROGRAMME}
    print("\nthe same clips, kinds are the performers")
    _header()
    _show("all, as posted", demo, [performers[name] for name in demo])
    _show("seen and heard alone", demo, [performers[name] for name in demo], nothing_said)


def show_real(real: Facts, foreign: Table) -> None:
    """How well cuts of one film are known from others."""
    kinds = [name.partition("/")[0] for name in real]
    print(f"\nreal clips: {len(real)} cuts of {len(set(kinds))} films, nothing said")
    _show_blocks(real, kinds, "")
    _show("seen and heard", real, kinds)
    _show("the same, table of others", real, kinds, table=foreign)


def _show_blocks(videos: Facts, kinds: list[str], told: str) -> None:
    _header()
    for block in BLOCKS:
        if block.name != "told" or told:
            _show(told if block.name == "told" else block.name, videos, kinds, only=block.name)


def _header() -> None:
    print(f"{'':<30} cosines              nearest      after centring on the catalogue")
    print(f"{'by':<30}   same  other    AUC   is kin       same  other    AUC   is kin")


def _show(
    label: str, videos: Facts, kinds: list[str], change: Change | None = None, *, only: str = "", table: Table = USUAL
) -> None:
    vectors = vectors_of(videos, change, only, table)
    has = np.linalg.norm(vectors, axis=1) > 0
    known = [kind for kind, is_known in zip(kinds, has, strict=True) if is_known]
    left_out = f"   {int((~has).sum())} have none" if not has.all() else ""
    print(f"{label:<30} {judged(vectors[has], known)}   |{judged(centred(vectors[has]), known)}{left_out}")


def vectors_of(
    videos: Facts, change: Change | None = None, only: str = "", table: Table = USUAL
) -> npt.NDArray[np.float32]:
    """A row for each video; of one block alone, of length 1 where it is there, if `only` names it."""
    rows = np.stack([Descriptors(table).vector(change(one) if change else one) for one in videos.values()])
    if only:
        rows = np.where(_is_in(only), rows, 0)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        rows = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return rows


def _is_in(name: str) -> npt.NDArray[np.bool_]:
    widths = [block.width for block in BLOCKS]
    return np.repeat([block.name == name for block in BLOCKS], widths)[:DIMENSIONS]


def show_speed(demo: Facts, cache: pathlib.Path) -> None:
    """Processor time of one vector: ffmpeg's, sandbox included, and ours."""
    before = os.times()
    for one in demo.values():
        Descriptors().vector(one)
    between = os.times()
    few = list(demo)[:FEW]
    for name in few:
        look(cache / f"demo-{name}.mp4")
    after = os.times()
    ours = 1000 * (between.user - before.user) / len(demo)
    ffmpegs = 1000 * (after.children_user + after.children_system - between.children_user - between.children_system)
    print(
        f"\nprocessor time of one video: {ffmpegs / FEW:.0f} ms of ffmpeg (540x960, 5 to 10 s), {ours:.0f} ms of ours"
    )


def usual_of(sets: list[Facts]) -> Table:
    """The mean and spread of each plain number, every set of clips counting alike."""
    many = [[measured(one) for one in videos.values()] for videos in sets if videos]
    table = {}
    for block in BLOCKS:
        if block.name == "told":
            continue
        found = [np.stack([one[block.name] for one in few if block.name in one]) for few in many]
        mean = np.mean([numbers.mean(axis=0) for numbers in found], axis=0)
        spread = np.sqrt(np.mean([((numbers - mean) ** 2).mean(axis=0) for numbers in found], axis=0))
        table[block.name] = (_rounded(mean), _rounded(spread))
    return table


def _rounded(values: npt.NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(float(f"{value:.3g}") for value in values)


if __name__ == "__main__":
    main()
