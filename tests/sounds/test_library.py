"""The sound library: made once, complete, in time, without a seam, and no piece taken for another."""

import itertools
import pathlib

import numpy as np
import pytest

from revue.accounts.contracts import VISITOR
from revue.media import actions as media
from revue.media.recognise import audio
from revue.platform import jobs, storage
from revue.sounds.library import PIECES, furnish
from revue.sounds.models import Sound
from revue.sounds.synth.piece import play
from revue.sounds.synth.synth import RATE
from revue.sounds.synth.tape import write_wav
from revue.videos import actions as videos
from revue.videos import soundtracks
from revue.videos.models import Video
from tests.media import films
from tests.people import make_person, viewer_of

LEAST_PIECES, LEAST_MOODS = 24, 4


@pytest.mark.django_db(transaction=True)
def test_what_is_missing_is_made_once() -> None:
    two = PIECES[:2]
    assert furnish(two) == 2
    assert furnish(two) == 0
    Sound.objects.filter(slug=two[0].slug).delete()
    assert furnish(two) == 1
    first, second = soundtracks.starter(viewer=VISITOR)
    assert {first.card.name, second.card.name} == {two[0].name, two[1].name}
    card = first.card
    assert (card.mood, card.licence, card.loops, card.owner, card.is_muted) == ("party", "CC0 1.0", True, None, False)
    assert len(card.peaks) == 100
    assert min(card.peaks) > 20, "no part of it is silent"
    row = Sound.objects.get(pk=card.id)
    assert films.loudness(storage.local_path(row.master_key)) == pytest.approx(-14, abs=1)
    assert row.length_ms == pytest.approx(64 * 60_000 / row.tempo, abs=1)


@pytest.mark.django_db(transaction=True)
def test_an_upload_of_a_piece_is_known_as_the_piece(tmp_path: pathlib.Path) -> None:
    furnish(PIECES[:1])
    piece = Sound.objects.get(slug=PIECES[0].slug)
    film = tmp_path / "dance.mp4"
    picture = ["-f", "lavfi", "-i", "color=teal:size=180x320:rate=10:duration=9"]
    sound = ["-ss", "7.3", "-i", storage.local_path(piece.file_key)]
    films.ffmpeg(*picture, *sound, "-t", "9", *films.X264, "-c:a", "aac", "-b:a", "64k", film)
    viewer = viewer_of(make_person())
    upload = media.start_upload(viewer=viewer, length_bytes=film.stat().st_size)
    with film.open("rb") as stream:
        media.append_bytes(viewer=viewer, upload_id=upload.id, offset=0, stream=stream)
    video_id = videos.create_video(viewer=viewer, upload_id=upload.id)
    jobs.run_waiting()
    assert Video.objects.get(pk=video_id).sound_id == piece.pk


def test_there_are_enough_pieces_in_enough_moods() -> None:
    assert len({piece.slug for piece in PIECES}) == len({piece.name for piece in PIECES}) == len(PIECES) >= LEAST_PIECES
    assert len({piece.mood for piece in PIECES}) >= LEAST_MOODS


@pytest.mark.parametrize("piece", PIECES[::5], ids=lambda piece: piece.slug)
def test_beats_are_where_they_are_said_to_be_and_the_end_meets_the_beginning(piece) -> None:
    sound = play(piece)
    assert len(sound) == round(piece.seconds * RATE)
    power = (sound**2).sum(axis=1)
    places = [round(beat * RATE / 1000) for beat in piece.beats_ms[::4]]
    width = RATE // 20
    on = sum(power[place : place + width].sum() for place in places)
    before = sum(power[place - width : place].sum() for place in places[1:])
    assert on > 1.3 * before
    step = np.abs(np.diff(sound[:, 0]))
    assert abs(sound[-1, 0] - sound[0, 0]) <= step.max(), "the seam is no louder a click than the music has"


def test_no_piece_is_taken_for_another(tmp_path: pathlib.Path) -> None:
    prints = {piece.slug: _print(piece, tmp_path) for piece in PIECES}
    same = [(a, b) for a, b in itertools.combinations(prints, 2) if audio.match(prints[a], prints[b])]
    assert same == []


def _print(piece, folder: pathlib.Path) -> tuple[int, ...]:
    write_wav(folder / "piece.wav", play(piece))
    print_ = folder / "print.raw"
    films.ffmpeg(
        "-i", folder / "piece.wav", "-ac", "1", "-ar", "11025", "-f", "chromaprint", "-fp_format", "raw", print_
    )
    return audio.numbers(print_.read_bytes())
