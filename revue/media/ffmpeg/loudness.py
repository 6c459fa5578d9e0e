"""How loud a clip's sound is, and by how much to turn it so that a feed neither whispers nor shouts.

The gain is linear: one number for the whole clip, so that what is quiet in it stays quiet beside what is loud.
"""

import re

TARGET_LUFS = -14.0  # what most short-video players aim at
MOST_GAIN_DB = 15.0  # a room recorded at -45 LUFS is to stay a quiet room, not to become its noise
SILENT_LUFS = -50.0  # below, there is nothing to hear
LEAST_GAIN_DB = 0.5  # nobody hears less
# -1.5 dB: the encoder may overshoot a little. It looks 5 ms ahead; `latency` takes back what it is late by that (5.1).
LIMITER = "alimiter=limit=0.841:level=false:latency=true"

# ITU-R BS.1770, frame by frame only for `-v verbose`; with `quiet` ffmpeg 5.1 reports nothing.
MEASURE = ["-sn", "-dn", "-af", "ebur128=framelog=verbose", "-f", "null", "-"]

_INTEGRATED = re.compile(r"^\s+I:\s+(-?[\d.]+|-inf) LUFS", re.MULTILINE)


def parse(text: str) -> float | None:
    """Integrated loudness in LUFS from what ffmpeg printed about `MEASURE`; None when it measured nothing."""
    found = _INTEGRATED.findall(text)
    return float(found[-1]) if found else None


def gain_db(lufs: float | None) -> float:
    """Decibels by which to turn a sound of this loudness up or down."""
    if lufs is None or lufs < SILENT_LUFS:
        return 0.0
    gain = min(MOST_GAIN_DB, TARGET_LUFS - lufs)
    return gain if abs(gain) >= LEAST_GAIN_DB else 0.0


def turn(gain: float) -> str:
    """ffmpeg's filters that turn a sound by `gain` decibels; peaks that would clip are held. Empty: as it is."""
    if not gain:
        return ""
    return f"volume={gain:.2f}dB" + (f",{LIMITER}" if gain > 0 else "")
