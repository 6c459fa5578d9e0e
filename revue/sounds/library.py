"""The sound library that comes with an instance: pieces of our own, free for everybody (CC0 1.0)."""

import pathlib
import tempfile

import structlog

from revue.media import queries as media
from revue.media.ffmpeg import side
from revue.media.ffmpeg.track import encode_track
from revue.media.recognise import audio
from revue.platform import storage
from revue.sounds import actions, queries
from revue.sounds.contracts import Heard
from revue.sounds.synth.piece import Piece, play
from revue.sounds.synth.tape import write_wav

_log = structlog.get_logger(__name__)

PIECES: tuple[Piece, ...] = (
    Piece("mirror-ball-1", "Mirror Ball", "party", "disco", 110, 55, 11),
    Piece("late-tram-1", "Late Tram", "party", "disco", 126, 62, 12),
    Piece("neon-foyer-1", "Neon Foyer", "party", "house", 128, 59, 13),
    Piece("rooftop-1", "Rooftop", "party", "house", 112, 64, 14),
    Piece("loose-change-1", "Loose Change", "party", "funk", 96, 59, 15),
    Piece("backstage-pass-1", "Backstage Pass", "party", "funk", 90, 64, 16),
    Piece("slow-curtain-1", "Slow Curtain", "chill", "hiphop", 84, 59, 21),
    Piece("rain-on-the-awning-1", "Rain on the Awning", "chill", "hiphop", 76, 62, 22),
    Piece("iced-coffee-1", "Iced Coffee", "chill", "bossa", 106, 62, 23),
    Piece("window-seat-1", "Window Seat", "chill", "bossa", 98, 65, 24),
    Piece("paper-lanterns-1", "Paper Lanterns", "bright", "calypso", 104, 62, 31),
    Piece("sea-wall-1", "Sea Wall", "bright", "calypso", 124, 67, 32),
    Piece("first-row-1", "First Row", "bright", "march", 104, 62, 33),
    Piece("brass-buttons-1", "Brass Buttons", "bright", "march", 126, 65, 34),
    Piece("three-left-shoes-1", "Three Left Shoes", "playful", "polka", 108, 62, 41),
    Piece("runaway-hat-1", "Runaway Hat", "playful", "polka", 136, 67, 42),
    Piece("extra-life-1", "Extra Life", "playful", "arcade", 150, 62, 43),
    Piece("high-score-1", "High Score", "playful", "arcade", 160, 64, 44),
    Piece("quick-change-1", "Quick Change", "playful", "charleston", 140, 62, 45),
    Piece("matinee-1", "Matinee", "retro", "swing", 140, 60, 51),
    Piece("after-hours-1", "After Hours", "retro", "swing", 108, 65, 52),
    Piece("spats-1", "Spats", "retro", "charleston", 108, 65, 53),
    Piece("night-light-1", "Night Light", "dreamy", "lullaby", 72, 60, 61),
    Piece("snow-globe-1", "Snow Globe", "dreamy", "lullaby", 80, 67, 62),
    Piece("paper-boat-1", "Paper Boat", "dreamy", "lullaby", 66, 64, 63),
    Piece("low-tide-1", "Low Tide", "dreamy", "house", 92, 60, 64),
)


def furnish(pieces: tuple[Piece, ...] = PIECES) -> int:
    """Make the pieces that are not there yet; returns how many. It may be killed at any line, and run twice at once."""
    there = queries.starter_slugs()
    missing = [piece for piece in pieces if piece.slug not in there]
    for piece in missing:
        with tempfile.TemporaryDirectory(dir=storage.scratch()) as folder:
            _make(piece, pathlib.Path(folder))
        _log.info("sound made", slug=piece.slug)
    return len(missing)


def _make(piece: Piece, folder: pathlib.Path) -> None:
    wav = folder / "piece.wav"
    sound = play(piece)
    write_wav(wav, sound)
    encode_track(media.ffmpeg(), wav, folder)
    print_ = folder / side.PRINT_FILE
    actions.keep_starter(
        slug=piece.slug,
        file=folder / side.SOUND_FILE,
        master=folder / side.MASTER_FILE,
        heard=Heard(
            length_ms=round(piece.seconds * 1000),
            peaks=side.peaks((folder / side.WAVE_FILE).read_bytes()),
            fingerprint=audio.numbers(print_.read_bytes()) if print_.exists() else (),
        ),
        name=piece.name,
        mood=piece.mood,
        tempo=piece.tempo,
        beats_ms=piece.beats_ms,
    )
