"""A sound file of our own → what we keep of every sound. Knows no Django; nothing here reads what people uploaded."""

import pathlib
import subprocess

from revue.media.ffmpeg import side
from revue.media.ffmpeg.errors import EncoderFailed
from revue.media.ffmpeg.finder import Ffmpeg


def encode_track(ffmpeg: Ffmpeg, wav: pathlib.Path, folder: pathlib.Path) -> None:
    """Write `SOUND_FILE`, `MASTER_FILE`, `WAVE_FILE` and, where ffmpeg can, `PRINT_FILE` into `folder`.

    Raises:
        EncoderFailed: ffmpeg ended with an error.
    """
    words = ["-nostdin", "-hide_banner", "-v", "error", "-y", "-threads", "1"]
    words += ["-f", "wav", "-protocol_whitelist", "file", "-i", str(wav)]
    words += side.track_words(0, "", has_chromaprint=ffmpeg.has_chromaprint)
    done = subprocess.run([ffmpeg.path, *words], cwd=folder, capture_output=True, check=False)
    if done.returncode:
        raise EncoderFailed(done.stderr.decode(errors="replace")[-400:])
