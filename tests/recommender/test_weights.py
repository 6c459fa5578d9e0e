"""Files of weights: whole or not there, verified, mapped, changed by deltas; and the gate before a swap."""

import hashlib
import os

import numpy as np
import pytest

from revue.recommender.engine import gate, weights
from revue.recommender.engine.weights import BadWeights, Delta, Snapshot, WrongParent

rng = np.random.default_rng(5)


def made(version: int = 1, parent: int | None = None, rows: int = 40) -> Snapshot:
    arrays = {
        "ids": rng.normal(size=(rows, 8)).astype(np.float32),
        "0.qkv": rng.normal(size=(8, 24)).astype(np.float32),
        "norm": np.ones(8, np.float32),
        "content": np.zeros((0, 8), np.float32),
    }
    return Snapshot(version, parent, arrays)


def changed(old: Snapshot, *, grown: int = 0) -> Snapshot:
    ids = np.concatenate([old.arrays["ids"], rng.normal(size=(grown, 8)).astype(np.float32)])
    ids[3] += 0.01
    return Snapshot(old.version + 1, old.version, {**old.arrays, "ids": ids})


def same(one: Snapshot, other: Snapshot) -> bool:
    return (
        one.version == other.version
        and one.arrays.keys() == other.arrays.keys()
        and all(np.array_equal(array, other.arrays[name]) for name, array in one.arrays.items())
    )


@pytest.mark.parametrize("mapped", [True, False])
def test_what_was_saved_is_loaded(tmp_path, mapped):
    held = made(7, 6)
    found = weights.load(weights.save(tmp_path, held), mapped=mapped)
    assert isinstance(found, Snapshot)
    assert same(found, held)
    assert found.parent == 6


def test_mapped_arrays_are_aligned_read_only_and_plain_npz(tmp_path):
    path = weights.save(tmp_path, made())
    found = weights.load(path)
    for name in ("ids", "0.qkv", "norm"):
        array = found.arrays[name]
        assert isinstance(array, np.memmap)
        assert array.ctypes.data % 64 == 0
        assert not array.flags.writeable
    with np.load(path) as plain:
        assert np.array_equal(plain["ids"], found.arrays["ids"])


@pytest.mark.parametrize("mapped", [True, False])
def test_any_flipped_byte_is_refused(tmp_path, mapped):
    path = weights.save(tmp_path, made(rows=3))
    sound = path.read_bytes()
    for place in range(0, len(sound), 7):
        broken = bytearray(sound)
        broken[place] ^= 0x55
        path.write_bytes(broken)
        with pytest.raises(BadWeights, match="checksum"):
            weights.load(path, mapped=mapped)


def test_a_sound_file_of_another_kind_is_refused(tmp_path):
    body = b"not an archive" * 9
    (tmp_path / "other.npz").write_bytes(body + hashlib.sha256(body).hexdigest().encode())
    with pytest.raises(BadWeights, match="does not hold weights"):
        weights.load(tmp_path / "other.npz")


def test_a_file_that_was_cut_off_is_refused(tmp_path):
    path = weights.save(tmp_path, made())
    sound = path.read_bytes()
    for length in (0, 1, 100, len(sound) // 2, len(sound) - 1):
        path.write_bytes(sound[:length])
        with pytest.raises(BadWeights):
            weights.load(path)


def test_a_missing_file_is_called_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        weights.load(tmp_path / "nothing.npz")


def test_a_delta_holds_only_what_changed_and_leads_to_the_new_version(tmp_path):
    old = made()
    new = changed(old, grown=2)
    delta = weights.load(weights.save(tmp_path, weights.difference(old, new)))
    assert isinstance(delta, Delta)
    assert list(delta.rows) == ["ids"]
    assert delta.rows["ids"].tolist() == [3, 40, 41]
    found = weights.apply(old, delta)
    assert same(found, new)
    assert found.arrays["0.qkv"] is old.arrays["0.qkv"]


def test_a_delta_of_another_parent_is_refused():
    old = made()
    delta = weights.difference(old, changed(old))
    with pytest.raises(WrongParent):
        weights.apply(made(version=5), delta)


def test_the_newest_version_is_put_together_from_a_base_and_its_deltas(tmp_path):
    first = made()
    second = changed(first)
    third = changed(second, grown=1)
    weights.save(tmp_path, first)
    weights.save(tmp_path, weights.difference(first, second))
    weights.save(tmp_path, weights.difference(second, third))
    assert same(weights.newest(tmp_path), third)


def test_a_damaged_delta_leaves_the_version_before_it(tmp_path):
    first = made()
    second = changed(first)
    third = changed(second)
    weights.save(tmp_path, first)
    broken = weights.save(tmp_path, weights.difference(first, second))
    weights.save(tmp_path, weights.difference(second, third))
    broken.write_bytes(broken.read_bytes()[:-40])
    assert same(weights.newest(tmp_path), first)


def test_past_a_damaged_delta_the_way_goes_on_from_the_version_before_it(tmp_path):
    first = made()
    second, again = changed(first), changed(first)
    weights.save(tmp_path, first)
    broken = weights.save(tmp_path, weights.difference(first, second))
    weights.save(tmp_path, weights.difference(second, changed(second)))
    broken.write_bytes(b"")
    again = Snapshot(9, 1, again.arrays)
    weights.save(tmp_path, weights.difference(first, again))
    assert same(weights.newest(tmp_path), again)


def test_a_damaged_base_leaves_the_base_before_it(tmp_path):
    first = made()
    weights.save(tmp_path, first)
    broken = weights.save(tmp_path, changed(first))
    broken.write_bytes(b"nonsense")
    assert same(weights.newest(tmp_path), first)


def test_half_written_files_are_passed_over(tmp_path):
    held = made()
    whole = weights.save(tmp_path, held).read_bytes()
    (tmp_path / "tmpabc.part").write_bytes(whole[: len(whole) // 2])
    assert same(weights.newest(tmp_path), held)
    assert weights.newest(tmp_path / "tmpabc.part") is None


def test_nothing_stays_of_a_save_that_failed(tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        weights.save(tmp_path, made())
    assert list(tmp_path.iterdir()) == []


def scores(noise: float) -> np.ndarray:
    return np.arange(400.0) + noise * rng.normal(size=(5, 400))


def passed(old: Snapshot, new: Snapshot, **told) -> float:
    before = scores(0)
    return gate.check(
        old,
        new,
        **{"drifts": [0.001] * 9, "canaries": (before, before), "validated": (0.1, 0.1), **told},
    )


def test_a_small_step_passes_the_gate():
    old = made()
    assert 0 < passed(old, changed(old)) < 0.02


def test_the_gate_refuses_what_is_not_finite():
    old = made()
    new = changed(old)
    new.arrays["ids"][5, 5] = np.nan
    with pytest.raises(gate.Refused, match="ids is not finite"):
        passed(old, new)


def test_the_gate_refuses_a_leap():
    old = made()
    new = Snapshot(2, 1, {**old.arrays, "norm": old.arrays["norm"] * 1.3})
    with pytest.raises(gate.Refused, match="norm changed"):
        passed(old, new)


def test_the_gate_refuses_another_feed():
    old = made()
    with pytest.raises(gate.Refused, match="canaries"):
        passed(old, changed(old), canaries=(scores(0), scores(1e6)))


def test_the_gate_refuses_what_predicts_worse():
    old = made()
    with pytest.raises(gate.Refused, match="progressive validation"):
        passed(old, changed(old), validated=(0.1, 0.05))
