"""What is made of a source beside its renditions, in the same decode: scrub sprite, moving preview, sound track."""

import dataclasses
import itertools

from revue.media.ffmpeg import loudness
from revue.media.ffmpeg.probe import Probe

SPRITE_FILE = "sprite.webp"
PREVIEW_FILE = "preview.mp4"
SOUND_FILE = "sound.m4a"  # what plays on a sound's page
MASTER_FILE = "sound.webm"  # what is mixed under other videos: Opus says exactly where its first sample is
PRINT_FILE = "print.raw"  # its chromaprint
WAVE_FILE = "wave.raw"  # 16-bit samples, from which its peaks are drawn
WAVE_RATE = 4000  # samples a second
PEAKS = 100  # of the whole sound
GREYS_FILE = "greys.raw"  # the sprite's pictures as luma, from which the sharpest is chosen

TILE_EDGE = 160  # pixels of a tile's longer side
COLUMNS = 10
MOST_TILES = 100
LEAST_STEP_MS = 1000
GREY_EDGE = 128  # pixels of the longer side of a picture in `GREYS_FILE`

PREVIEW_MS = 3000
PREVIEW_EDGE = 180
PREVIEW_KBIT = 9  # with a buffer of one second, 3 s and their box stay at 6 kB


@dataclasses.dataclass(frozen=True)
class Sprite:
    """How the scrub sprite is laid out: tile `n` shows the moment `n * step_ms`, row by row."""

    step_ms: int
    tiles: int
    tile_width: int
    tile_height: int
    columns: int = COLUMNS

    @property
    def rows(self) -> int:
        """Rows of tiles, the last perhaps not full."""
        return -(-self.tiles // self.columns)


def sprite(width: int, height: int, duration_ms: int) -> Sprite:
    """The layout for a clip of this size in pixels and length."""
    step = max(LEAST_STEP_MS, -(-duration_ms // MOST_TILES))
    shown = fitted(width, height, TILE_EDGE)
    return Sprite(step, max(1, -(-duration_ms // step)), *shown)


def fitted(width: int, height: int, edge: int) -> tuple[int, int]:
    """The even size whose longer side is `edge`."""
    scale = edge / max(width, height)
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def graph(about: Probe, duration_ms: int, normal: str) -> list[str]:
    """Filters that turn `[sprite]` and `[preview]` into outputs; `normal` ends a scale to our colours."""
    layout = sprite(about.width, about.height, duration_ms)
    grey = fitted(about.width, about.height, GREY_EDGE)
    begin = max(0, min(duration_ms // 4, duration_ms - PREVIEW_MS)) / 1000
    # `setpts` and `round=up`: a clip under a second, or one whose clock starts late, has a first tile too.
    steps = f"setpts=PTS-STARTPTS,fps=1000/{layout.step_ms}:round=up,split=2[tiles][greys]"
    tile = f"scale={layout.tile_width}:{layout.tile_height}:{normal},tile={layout.columns}x{layout.rows}"
    small = f"scale='if(gt(iw,ih),-2,{PREVIEW_EDGE})':'if(gt(iw,ih),{PREVIEW_EDGE},-2)':{normal}"
    return [
        f"[sprite]{steps}",
        f"[tiles]{tile}[tiled]",
        f"[greys]scale={grey[0]}:{grey[1]},setsar=1,format=gray[grey]",
        f"[preview]trim=start={begin}:duration={PREVIEW_MS / 1000},setpts=PTS-STARTPTS,fps=10,{small}[moving]",
    ]


def picture_words() -> list[str]:
    """ffmpeg's arguments that write sprite, luma pictures and preview."""
    words = ["-map", "[tiled]", "-frames:v", "1", "-update", "1", "-map_metadata", "-1"]
    words += ["-c:v", "libwebp", "-quality", "55", "-f", "image2", SPRITE_FILE]
    words += ["-map", "[grey]", "-f", "rawvideo", "-pix_fmt", "gray", GREYS_FILE]
    words += ["-map", "[moving]", "-an", "-c:v", "libx264", "-preset", "slow", "-crf", "35", "-g", "50"]
    words += ["-maxrate", f"{PREVIEW_KBIT}k", "-bufsize", f"{PREVIEW_KBIT}k", "-map_metadata", "-1"]
    return [*words, "-fflags", "+bitexact", "-movflags", "+faststart", "-f", "mp4", PREVIEW_FILE]


def sound_words(about: Probe, *, has_chromaprint: bool) -> list[str]:
    """ffmpeg's arguments that write the sound by itself, turned like the renditions' sound."""
    if about.sound is None:
        return []
    gain = loudness.turn(loudness.gain_db(about.lufs)) if about.sound == 0 else ""
    return track_words(about.sound, gain, has_chromaprint=has_chromaprint)


def track_words(number: int, gain: str, *, has_chromaprint: bool) -> list[str]:
    """ffmpeg's arguments that write sound `number` of the first input in every form we keep; `gain` are filters."""
    turn = ["-af", gain] if gain else []
    clean = ["-vn", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact"]
    words: list[str] = []
    for codec, container, name in (
        (["-c:a", "aac"], ["-movflags", "+faststart", "-f", "ipod"], SOUND_FILE),
        (["-c:a", "libopus"], ["-f", "webm"], MASTER_FILE),
    ):
        words += ["-map", f"0:a:{number}", *turn, *codec, "-b:a", "128k", "-ac", "2", "-ar", "48000"]
        words += [*clean, *container, name]
    plain = ["-map", f"0:a:{number}", "-vn", "-sn", "-dn", "-ac", "1"]
    if has_chromaprint:
        words += [*plain, "-ar", "11025", "-f", "chromaprint", "-fp_format", "raw", PRINT_FILE]
    return [*words, *plain, "-ar", str(WAVE_RATE), "-f", "s16le", WAVE_FILE]


def peaks(wave: bytes) -> bytes:
    """`PEAKS` bytes, each how loud the sound is at its loudest in that part of it; none of no sound.

    Args:
        wave: 16-bit samples, little end first.
    """
    samples = memoryview(wave[: len(wave) // 2 * 2]).cast("h")
    if not samples:
        return b""
    edges = [len(samples) * n // PEAKS for n in range(PEAKS + 1)]
    parts = (samples[begin : max(end, begin + 1)] for begin, end in itertools.pairwise(edges))
    return bytes(min(255, max(abs(value) for value in part) >> 7) for part in parts)
