"""What the audience hears: loud enough, never too loud."""

import numpy as np
import pytest

from revue.demo.acts import ACTS
from revue.demo.cast import BY_HANDLE
from revue.demo.programme import PROGRAMME
from revue.sounds.synth import synth
from revue.sounds.synth.tape import loudness


@pytest.mark.parametrize("turn", PROGRAMME[::5], ids=lambda turn: turn.key)
def test_every_clip_is_loud_enough_and_never_clips(turn):
    scene = ACTS[turn.act](turn, BY_HANDLE[turn.performer].look)
    sound = scene.sound()
    assert sound.shape == (round(scene.seconds * synth.RATE), 2)
    assert -18 < loudness(sound) < -14
    assert np.abs(sound).max() < 0.9
