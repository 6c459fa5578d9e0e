"""What a clip sounds like: its own sound, another track, or both, each as loud as its author wants."""

import dataclasses
import pathlib

from revue.media.ffmpeg import loudness
from revue.media.ffmpeg.probe import CODECS, Probe
from revue.media.ffmpeg.sniff import MATROSKA


@dataclasses.dataclass(frozen=True)
class Track:
    """A sound master to lay under a clip: a file of ours, at our loudness already."""

    path: pathlib.Path
    start_ms: int  # where in the track the clip begins
    percent: int  # 100: as loud as it is
    loops: bool  # made to be played round and round


def is_heard(about: Probe, track: Track | None, own_percent: int) -> bool:
    """Whether the clip will have a sound at all."""
    return track is not None or (about.sound is not None and own_percent > 0)


def inputs(track: Track, source: str) -> list[str]:
    """ffmpeg's arguments that open the track as its second input."""
    rounds = ["-stream_loop", "-1"] if track.loops else []
    forced = ["-f", MATROSKA.name, "-protocol_whitelist", "file", "-format_whitelist", MATROSKA.formats]
    return [*rounds, *forced, "-codec_whitelist", CODECS, "-i", source]


def graph(about: Probe, track: Track | None, own_percent: int, names: list[str]) -> list[str]:
    """Filters that end in one `[a…]` for each of `names`; none when there is nothing to hear."""
    if not is_heard(about, track, own_percent):
        return []
    ends = f"asplit={len(names)}" + "".join(f"[a{name}]" for name in names)
    own = _own(about, own_percent) if about.sound is not None and own_percent > 0 else ""
    if track is None:
        return [f"{own}{ends}"]
    # The track is cut by a filter, not by a seek: a filter counts samples, and lips must meet their words.
    # Silence behind it, then the clip's length: the pictures say when the sound ends.
    over = f"apad,atrim=end={about.duration_ms / 1000}"
    begin = f"[1:a:0]aresample=48000,atrim=start={track.start_ms / 1000},asetpts=PTS-STARTPTS"
    laid = f"{begin},volume={track.percent / 100},{over}"
    if not own:
        return [f"{laid},{ends}"]
    both = "amix=inputs=2:duration=longest:normalize=0"
    return [f"{own}{over}[own]", f"{laid}[laid]", f"[own][laid]{both},{loudness.LIMITER},{ends}"]


def _own(about: Probe, percent: int) -> str:
    """The source's first readable sound, brought to our loudness and then to its share."""
    turn = loudness.turn(loudness.gain_db(about.lufs)) if about.sound == 0 else ""
    in_step = "aresample=48000:async=1:first_pts=0"  # a sound that begins late begins with silence
    steps = [turn, f"volume={percent / 100}" if percent != 100 else "", in_step]  # noqa: PLR2004 - as it is
    return f"[0:a:{about.sound}]" + "".join(f"{step}," for step in steps if step)
