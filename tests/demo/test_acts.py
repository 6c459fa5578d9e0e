"""What the audience sees: pictures that move with the music, the same for the same seed, and unlike each other."""

import math

import numpy as np
import pytest

from revue.demo.acts import ACTS, Scene
from revue.demo.acts.dance import Dance
from revue.demo.acts.joke import Joke
from revue.demo.acts.juggle import Juggle
from revue.demo.acts.sing import Sing
from revue.demo.cast import BY_HANDLE, CAST
from revue.demo.paint.canvas import HEIGHT, WIDTH, Canvas, Pixels
from revue.demo.programme import PROGRAMME
from revue.sounds.synth import voice

FIRST = {turn.act: turn for turn in reversed(PROGRAMME)}  # the first turn of each act


def scene_of(act: str) -> Scene:
    turn = FIRST[act]
    return ACTS[act](turn, BY_HANDLE[turn.performer].look)


def picture(scene: Scene, t: float) -> Pixels:
    canvas = Canvas()
    scene.paint(canvas, t)
    return canvas.pixels()


def test_the_programme_has_twelve_different_turns_of_each_act():
    assert len(PROGRAMME) >= 48
    assert len({turn.key for turn in PROGRAMME}) == len(PROGRAMME)
    assert {act: sum(turn.act == act for turn in PROGRAMME) for act in ACTS} == dict.fromkeys(ACTS, 12)
    assert len({(turn.performer, turn.set) for turn in PROGRAMME}) == len(PROGRAMME)
    assert len({turn.caption for turn in PROGRAMME}) == len(PROGRAMME)
    assert all("#" in turn.caption for turn in PROGRAMME)


def test_the_first_eight_show_each_act_twice_and_are_short():
    opening = PROGRAMME[:8]
    assert [turn.act for turn in opening] == ["dance", "sing", "juggle", "joke"] * 2
    scenes = [ACTS[turn.act](turn, BY_HANDLE[turn.performer].look) for turn in opening]
    assert all(5 <= scene.seconds <= 7 for scene in scenes)


def test_every_clip_lasts_from_five_to_fifteen_seconds():
    scenes = [ACTS[turn.act](turn, BY_HANDLE[turn.performer].look) for turn in PROGRAMME]
    assert all(5 <= scene.seconds <= 15 for scene in scenes)


def test_every_performer_says_that_they_are_a_demo_and_has_something_to_do():
    assert 12 <= len(CAST) <= 16
    assert all(member.bio.startswith("Demo performer.") and len(member.bio) <= 160 for member in CAST)
    assert {turn.performer for turn in PROGRAMME} == set(BY_HANDLE)


@pytest.mark.parametrize("act", ACTS)
def test_frames_are_portrait_and_change(act):
    scene = scene_of(act)
    first, later = picture(scene, 1.0), picture(scene, 1.25)
    assert first.shape == (HEIGHT, WIDTH, 3)
    assert np.mean(np.any(first != later, axis=2)) > 0.02


@pytest.mark.parametrize("act", ACTS)
def test_the_same_turn_gives_the_same_picture_and_sound(act):
    one, other = scene_of(act), scene_of(act)
    assert np.array_equal(picture(one, 0.8), picture(other, 0.8))
    assert np.array_equal(one.sound(), other.sound())


def test_dancers_move_with_the_beat():
    """Most of the way between two key poses lies within a fifth of a beat around the beat."""
    scene = scene_of("dance")
    assert isinstance(scene, Dance)
    beats = np.arange(0, 12, 1 / 24)
    hands = np.array([scene.pose(beat)[7:11] for beat in beats])
    speed = np.linalg.norm(np.diff(hands, axis=0), axis=1)
    phase = (beats[:-1] + 1 / 48) * 2 % 1.0  # the moves of this turn fall on half beats
    strength = np.abs((speed * np.exp(2j * math.pi * phase)).sum()) / speed.sum()
    assert strength > 0.3  # 0 would be even motion, 1 all motion at one moment of the beat


def test_the_light_pulses_on_the_beat():
    scene = scene_of("dance")
    beat = scene.band.beat
    corner = [picture(scene, k * beat + part * beat)[-120:, :60].mean() for k in (1, 2) for part in (0.0, 0.8)]
    assert corner[0] > corner[1]
    assert corner[2] > corner[3]


def test_mouths_open_on_the_vowels_and_shut_between_words():
    scene = scene_of("sing")
    assert isinstance(scene, Sing)
    for syllable in scene.score:
        opened, wide = voice.mouth_at([syllable], syllable.at + syllable.length / 2)
        assert (opened, wide) == voice.MOUTHS[syllable.vowel]
        assert voice.mouth_at([syllable], syllable.at + syllable.length + 0.2)[0] == 0


def test_jugglers_hands_are_where_the_things_land():
    scene = scene_of("juggle")
    assert isinstance(scene, Juggle)
    for beat, throw in scene.juggling.catches(20):
        (x, y), _ = scene.juggling.where(throw.toy, beat - 1e-6, 300)
        hand_x, hand_y = scene.juggling.hand(throw.end, beat)
        assert math.hypot(x - hand_x, y - hand_y) < 2


def test_jokes_show_all_their_words():
    for turn in PROGRAMME:
        if turn.act == "joke":
            scene = Joke(turn, BY_HANDLE[turn.performer].look)
            assert [" ".join(word.text for word in block.words) for block in scene._blocks] == list(turn.script)
            assert all(block.width <= 400 and block.height <= 200 for block in scene._blocks)
