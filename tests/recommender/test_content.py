"""What content vectors promise: length 1, the same for the same, near for near, and silence of what is not there."""

import dataclasses

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revue.recommender.engine.content import heard, seen, told, usual
from revue.recommender.engine.content.centre import centred
from revue.recommender.engine.content.facts import DIMENSIONS, NO_PICTURES, NO_SOUND, SOUND_RATE, VideoFacts
from revue.recommender.engine.content.model import BLOCKS, Descriptors, places
from revue.recommender.engine.content.read import pictures_of, samples_of

EDGE = 48
MODEL = Descriptors()
KNOWN = [0.365, -0.219, -0.039, -0.229, 0.208, -0.219]  # of descriptors-1


def picture(seed: int) -> npt.NDArray[np.uint8]:
    """Coarse clouds of colour, the same for a seed."""
    small = np.random.default_rng(seed).integers(0, 255, (6, 6, 3), dtype=np.uint8)
    return np.kron(small, np.ones((EDGE // 6, EDGE // 6, 1), np.uint8))


def film(seed: int, *, drift: int = 1, pairs: int = 12) -> npt.NDArray[np.uint8]:
    """Clouds that drift by so many pixels from picture to picture."""
    flat = [np.roll(picture(seed), drift * number, axis=1) for number in range(2 * pairs)]
    return np.stack(flat).reshape(pairs, 2, EDGE, EDGE, 3)


def tone(hertz: float, *, seconds: float = 2.0, beats: float = 0.0) -> npt.NDArray[np.float32]:
    """A tone, struck so many times a second."""
    at = np.arange(int(seconds * SOUND_RATE)) / SOUND_RATE
    loud = np.exp(-8 * (at * beats % 1.0)) if beats else 1.0
    return (0.3 * loud * np.sin(2 * np.pi * hertz * at)).astype(np.float32)


WHOLE = VideoFacts(film(1), tone(440, beats=2), "Sourdough on day three #bread", ("bread",), 7, 70)


def block(vector: npt.NDArray[np.float32], name: str) -> npt.NDArray[np.float32]:
    return next(vector[part] for one, part in places() if one.name == name)


def cosine(one: VideoFacts, other: VideoFacts) -> float:
    return float(MODEL.vector(one) @ MODEL.vector(other))


def test_blocks_fill_the_vector_and_their_shares_the_cosine() -> None:
    assert sum(one.width for one in BLOCKS) == DIMENSIONS
    assert sum(one.share for one in BLOCKS) == pytest.approx(1)
    for name, (mean, spread) in usual.USUAL.items():
        width = next(one.width for one in BLOCKS if one.name == name)
        assert len(mean) == len(spread) == width
        assert min(spread) > 0
    for name, share in [(one.name, one.share) for one in BLOCKS]:
        assert np.square(block(MODEL.vector(WHOLE), name)).sum() == pytest.approx(share, abs=1e-5)


def test_a_vector_is_of_length_one_and_the_same_for_the_same() -> None:
    vector = MODEL.vector(WHOLE)
    assert vector.shape == (DIMENSIONS,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)
    assert (Descriptors().vector(dataclasses.replace(WHOLE)) == vector).all()


def test_the_means_change_with_the_numbers() -> None:
    """A vector made in this version, to the bit that matters: who changes how they are made names new means."""
    told_part = MODEL.vector(VideoFacts(caption="Hello #dance", tags=("dance",), author_id=1))[:6]
    assert MODEL.means == "descriptors-1"
    assert np.round(told_part, 3).tolist() == pytest.approx(KNOWN, abs=2e-3)


def test_what_is_near_is_nearer_than_what_is_not() -> None:
    kin = VideoFacts(film(1, drift=1) // 8 * 7, tone(466, beats=2), "Day three of the #bread", ("bread",), 7, 71)
    other = VideoFacts(film(2, drift=6), tone(3000), "Last minute goal #football", ("football",), 8, 80)
    assert cosine(WHOLE, kin) > 0.5
    assert cosine(WHOLE, other) < 0.3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (VideoFacts(caption="dancing"), VideoFacts(caption="danced")),
        (VideoFacts(caption="x", tags=("ballet",)), VideoFacts(caption="Ballet, of course")),
        (VideoFacts(caption="Straße"), VideoFacts(caption="STRASSE")),
        (VideoFacts(caption="猫の動画を見て"), VideoFacts(caption="この猫の動画を見て")),
        (VideoFacts(caption="first", author_id=5), VideoFacts(caption="another", author_id=5)),
        (VideoFacts(caption="first", sound_id=5), VideoFacts(caption="another", sound_id=5)),
    ],
)
def test_words_makers_and_sounds_bring_videos_together(one: VideoFacts, other: VideoFacts) -> None:
    stranger = VideoFacts(caption="rusty gearbox", author_id=99, sound_id=98)
    asked, kin, far = (widely_told(facts) for facts in (one, other, stranger))
    assert asked @ kin > 0.12
    assert abs(asked @ far) < 0.1


def widely_told(facts: VideoFacts) -> npt.NDArray[np.float64]:
    """What is told in so many numbers that chance hardly matters; a vector has room for fewer."""
    words = told.said(told.features(facts.caption, facts.tags), 512)
    return told.told(words, facts.author_id, facts.sound_id)


def test_the_few_numbers_of_a_vector_are_right_on_average() -> None:
    pairs = [
        (VideoFacts(caption=chr(0x4E00 + n) * 2, author_id=n), VideoFacts(caption=chr(0x7000 + n) * 2, author_id=n))
        for n in range(300)
    ]
    same = np.mean([cosine(one, other) for one, other in pairs])
    different = np.mean([cosine(pairs[n][0], pairs[n - 1][1]) for n in range(len(pairs))])
    assert same - different > 0.2
    assert abs(different) < 0.05


def test_a_tag_weighs_more_than_a_word_and_repeating_adds_nothing() -> None:
    weights = told.features("juggling with seven clubs #juggling juggling", ("juggling",))
    assert weights["word juggling"] == told.TAG_WEIGHT
    assert weights["word seven"] < 1
    assert told.features("a a a", ()) == told.features("a", ())


@pytest.mark.parametrize("name", ["told", "colour", "shape", "motion", "sound"])
def test_what_a_video_lacks_says_nothing_and_leaves_the_rest_as_it_is(name: str) -> None:
    lacking = {
        "told": {"caption": "", "tags": (), "author_id": None, "sound_id": None},
        "sound": {"sound": NO_SOUND},
        "motion": {"pictures": WHOLE.pictures[:1]},
    }.get(name, {"pictures": NO_PICTURES})
    vector, whole = MODEL.vector(dataclasses.replace(WHOLE, **lacking)), MODEL.vector(WHOLE)
    assert not block(vector, name).any()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)
    kept = "told" if name != "told" else "sound"
    one, other = block(vector, kept), block(whole, kept)
    assert one @ other == pytest.approx(np.linalg.norm(one) * np.linalg.norm(other), rel=1e-5)


def test_of_nothing_there_is_no_direction() -> None:
    assert not MODEL.vector(VideoFacts()).any()
    assert cosine(VideoFacts(), WHOLE) == 0


@pytest.mark.parametrize(
    "facts",
    [
        VideoFacts(np.zeros((3, 2, EDGE, EDGE, 3), np.uint8), np.zeros(SOUND_RATE, np.float32)),
        VideoFacts(np.full((3, 2, EDGE, EDGE, 3), 255, np.uint8), np.ones(SOUND_RATE, np.float32)),
        VideoFacts(pictures_of(picture(1).tobytes(), EDGE), np.zeros(7, np.float32), "", (), 1),
        VideoFacts(NO_PICTURES, tone(440, seconds=0.3)),
        VideoFacts(NO_PICTURES, np.sign(tone(50))),
        VideoFacts(caption="\x00 \u200f 🕺🏽 ﷺ", tags=("", "é")),
        VideoFacts(film(1, drift=0), NO_SOUND),
    ],
    ids=["black", "white", "one picture", "short", "clipped", "odd letters", "still"],
)
def test_empty_and_extreme_videos_give_plain_numbers(facts: VideoFacts) -> None:
    vector = MODEL.vector(facts)
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) in (0.0, pytest.approx(1, abs=1e-6))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.lists(st.text(max_size=12), max_size=4), st.integers(0, 2**63 - 1))
def test_any_words_give_a_vector_of_length_one(caption: str, tags: list[str], author_id: int) -> None:
    vector = MODEL.vector(VideoFacts(caption=caption, tags=tuple(tags), author_id=author_id))
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_silence_is_no_sound_and_loudness_alone_no_other_sound() -> None:
    assert not heard.is_heard(np.zeros(SOUND_RATE, np.float32))
    assert not heard.is_heard(NO_SOUND)
    loud, quiet = VideoFacts(sound=tone(440, beats=3)), VideoFacts(sound=tone(440, beats=3) * 0.3)
    assert cosine(loud, quiet) > 0.8


def test_a_picture_without_its_pair_is_left_out_unless_it_is_the_only_one() -> None:
    raw = film(3, pairs=2).tobytes()
    one = EDGE * EDGE * 3
    assert pictures_of(raw[: 3 * one + 5], EDGE).shape == (1, 2, EDGE, EDGE, 3)
    alone = pictures_of(raw[:one], EDGE)
    assert alone.shape == (1, 2, EDGE, EDGE, 3)
    assert (alone[0, 0] == alone[0, 1]).all()
    assert pictures_of(b"", EDGE).shape == (0, 2, EDGE, EDGE, 3)


def test_samples_lie_between_minus_one_and_one() -> None:
    assert samples_of(np.array([-32768, 0, 16384], "<i2").tobytes() + b"\x01").tolist() == [-1, 0, 0.5]
    assert samples_of(b"").shape == (0,)


def test_motion_is_told_by_where_and_how_much() -> None:
    still, slow, fast = (seen.motions(film(4, drift=drift)) for drift in (0, 1, 8))
    amount = 6  # after the six places
    assert still[amount] < slow[amount] < fast[amount]


def test_centring_takes_away_what_all_share_and_keeps_kin_together() -> None:
    hall = film(9)
    said = [f"word{number % 3} again" for number in range(30)]
    rows = np.stack([MODEL.vector(VideoFacts(hall, tone(440), text)) for text in said])
    moved = centred(rows)
    kin, strangers = moved[0] @ moved[3], moved[0] @ moved[1]
    assert rows[0] @ rows[1] > 0.5
    assert kin - strangers > rows[0] @ rows[3] - rows[0] @ rows[1]
    assert np.linalg.norm(moved, axis=1) == pytest.approx(np.ones(30), abs=1e-5)


def test_centring_survives_empty_catalogues_and_videos_of_nothing() -> None:
    assert centred(np.zeros((0, DIMENSIONS), np.float32)).shape == (0, DIMENSIONS)
    rows = np.stack([np.zeros(DIMENSIONS, np.float32), MODEL.vector(WHOLE)])
    moved = centred(rows)
    assert not moved[0].any()
    assert np.isfinite(moved).all()
