"""Subtitles as they are kept: WebVTT with times and plain words, whatever they were sent as. Pure.

Of a file stay its cues: where they would stand, colours and notes go, because the player shows each in one place.
"""

import dataclasses
import html
import io
import re
from typing import Final

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError
from webvtt.models import Timestamp

from revue.videos.errors import BadSubtitles

MOST_LETTERS: Final = 200_000  # of a file as it is sent
MOST_LANGUAGES: Final = 20  # of one video
LANGUAGE: Final = r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$"  # BCP 47: language, script, region
_SCRIPT_LETTERS = 4
_LAST_MS = 24 * 3600 * 1000


@dataclasses.dataclass(frozen=True, slots=True)
class Cue:
    """Words that show from one moment to another; both in milliseconds."""

    start_ms: int
    end_ms: int
    text: str  # plain, lines apart by \\n


def language(tag: str) -> str:
    """A language's tag as the standard writes it: `pt-br` → `pt-BR`, `zh-hant-tw` → `zh-Hant-TW`.

    Raises:
        BadSubtitles: it names no language, script and region.
    """
    if not re.fullmatch(LANGUAGE, tag):
        raise BadSubtitles("That is no language: it is written like “en” or “pt-BR”.")
    first, *others = tag.split("-")
    return "-".join([first.lower(), *(o.title() if len(o) == _SCRIPT_LETTERS else o.upper() for o in others)])


def read(text: str) -> tuple[Cue, ...]:
    """The cues of a file, WebVTT or SubRip (SRT), in the order of their times.

    Raises:
        BadSubtitles: it is neither, or too long, or says nothing.
    """
    if len(text) > MOST_LETTERS:
        raise BadSubtitles(f"Subtitles are no longer than {MOST_LETTERS:,} letters.")
    text = text.removeprefix("\ufeff").lstrip().replace("\r\n", "\n").replace("\r", "\n")
    is_vtt = text.startswith("WEBVTT")
    try:
        found = webvtt.from_buffer(io.StringIO(text), format="vtt" if is_vtt else "srt", strict=True)
    except (MalformedFileError, MalformedCaptionError) as error:
        raise BadSubtitles(f"This is no file of subtitles, WebVTT or SRT: {error}.") from error
    if not is_vtt and len(found) < sum("-->" in line for line in text.split("\n")):
        raise BadSubtitles("One of the times in this file is not written like 00:00:01,500 --> 00:00:03,000.")
    cues = [Cue(_ms(one.start), _ms(one.end), _plain(one.text, is_vtt=is_vtt)) for one in found.captions]
    said = sorted((cue for cue in cues if cue.text and cue.start_ms < cue.end_ms), key=lambda cue: cue.start_ms)
    if not said:
        raise BadSubtitles("There are no words in these subtitles.")
    return tuple(said)


def write(cues: tuple[Cue, ...]) -> str:
    """Cues as WebVTT."""
    blocks = [f"{_time(cue.start_ms)} --> {_time(cue.end_ms)}\n{html.escape(cue.text, quote=False)}" for cue in cues]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def words_of(vtt: str) -> str:
    """What is said in subtitles that `write` has written."""
    return " ".join(html.unescape(block.partition("\n")[2]) for block in vtt.split("\n\n")[1:])


def _ms(time: str) -> int:
    ms = Timestamp.from_string(time).in_milliseconds()
    if ms > _LAST_MS:
        raise BadSubtitles("These subtitles go on for more than a day.")
    return ms


def _plain(text: str, *, is_vtt: bool) -> str:
    """Without what would be read as markup, and without empty lines, which end a cue."""
    said = html.unescape(text) if is_vtt else text
    return "\n".join(line.strip() for line in said.splitlines() if line.strip())


def _time(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{ms:03}"
