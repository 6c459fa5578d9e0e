"""Published weights: immutable files with a version, a parent and a checksum, whole ones and deltas.

A file is an npz whose arrays are stored unpacked and aligned, so that readers map it instead of copying it. It ends
with the SHA-256 of all before, as the archive's comment, and is verified before anything in it is believed. It is
written beside its place and renamed into it: there is a whole file or none.
"""

import dataclasses
import hashlib
import json
import os
import pathlib
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

Arrays = Mapping[str, npt.NDArray[Any]]
_ABOUT = "about.json"
_ALIGNED = 64  # bytes; matrices that are not aligned are copied before each product
_LOCAL_HEADER = 30  # bytes of a zip entry's header before its name
_DIGITS = 64  # of a SHA-256
_PAD_ID = b"rv"  # an extra field of ours, which zip readers pass over
_ROWS, _VALUES = "@rows", "@values"


class BadWeights(Exception):
    """A file of weights is damaged, cut off, or of another kind; nothing was loaded."""


class WrongParent(Exception):
    """A delta was made from another version than the one it is to be applied to."""


@dataclasses.dataclass(frozen=True)
class Snapshot:
    """Weights that never change."""

    version: int
    parent: int | None  # the version they were learnt from; None = from nothing
    arrays: Arrays


@dataclasses.dataclass(frozen=True)
class Delta:
    """What changed from `parent` to `version`: rows of each array, and the arrays' new shapes."""

    version: int
    parent: int
    rows: Arrays  # for each array that changed: int64 places along its first axis
    values: Arrays  # the new rows
    shapes: Mapping[str, tuple[int, ...]]  # of all arrays


def difference(old: Snapshot, new: Snapshot) -> Delta:
    """The rows of `new` that `old` does not have. Tables may have grown at their end."""
    rows: dict[str, npt.NDArray[Any]] = {}
    for name, array in new.arrays.items():
        before = old.arrays[name]
        same = before.shape[0]
        changed = (array[:same] != before).any(axis=tuple(range(1, array.ndim)))
        rows[name] = np.concatenate([np.flatnonzero(changed), np.arange(same, len(array))])
    kept = {name: places for name, places in rows.items() if len(places)}
    values = {name: np.asarray(new.arrays[name][places]) for name, places in kept.items()}
    return Delta(new.version, old.version, kept, values, {name: array.shape for name, array in new.arrays.items()})


def apply(old: Snapshot, delta: Delta) -> Snapshot:
    """The version that `delta` leads to; arrays that did not change are shared with `old`.

    Raises:
        WrongParent: `delta` was made from another version.
    """
    return apply_all(old, [delta])


def apply_all(old: Snapshot, deltas: Sequence[Delta]) -> Snapshot:
    """The version that `deltas` lead to, one after the other; each table is copied once, however many there are.

    Raises:
        WrongParent: one of them was made from another version than the one before it leads to.
        BadWeights: one of them does not fit the arrays.
    """
    version, parent, arrays = old.version, old.parent, dict(old.arrays)
    for delta in deltas:
        if delta.parent != version:
            raise WrongParent(f"a delta from version {delta.parent} does not fit version {version}")
        for name, places in delta.rows.items():
            arrays[name] = _changed(arrays.get(name), old.arrays.get(name), delta, name)
            arrays[name][places] = delta.values[name]
        version, parent = delta.version, delta.parent
    for name, array in arrays.items():
        if array is not old.arrays.get(name):
            array.flags.writeable = False
    return Snapshot(version, parent, arrays)


def _changed(
    held: npt.NDArray[Any] | None, first: npt.NDArray[Any] | None, delta: Delta, name: str
) -> npt.NDArray[Any]:
    """An array to write a delta into: a copy of what is shared with the first version, longer where it has grown."""
    shape = delta.shapes.get(name)
    if held is None or shape is None or held.shape[1:] != shape[1:] or not _is_within(delta, name, len(held), shape):
        raise BadWeights(f"the delta to version {delta.version} does not fit {name}")
    if held is not first and held.shape == shape:
        return held
    grown = np.zeros(shape, held.dtype)
    grown[: len(held)] = held
    return grown


def _is_within(delta: Delta, name: str, before: int, shape: tuple[int, ...]) -> bool:
    places, values = delta.rows[name], delta.values[name]
    is_placed = (
        places.ndim == 1 and places.dtype == np.int64 and bool((places >= 0).all() and (places < shape[0]).all())
    )
    return is_placed and before <= shape[0] and values.shape == (len(places), *shape[1:])


def save(folder: pathlib.Path, made: Snapshot | Delta) -> pathlib.Path:
    """Write a file into `folder` and give its path; a file of the same version is replaced as a whole.

    Raises:
        OSError: the disk is full or read-only; nothing stays behind.
    """
    kind, arrays = ("whole", dict(made.arrays)) if isinstance(made, Snapshot) else ("delta", _packed(made))
    about: dict[str, Any] = {"kind": kind, "version": made.version, "parent": made.parent}
    if isinstance(made, Delta):
        about["shapes"] = {name: list(shape) for name, shape in made.shapes.items()}
    path = folder / f"{made.version:012d}.{kind}.npz"
    handle, beside = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(handle, "w+b") as opened:
            _write(opened, about, arrays)
            told = _digest(opened)
            opened.seek(-_DIGITS, os.SEEK_END)
            opened.write(told)
            opened.flush()
            os.fsync(opened.fileno())
        pathlib.Path(beside).replace(path)
    except BaseException:
        pathlib.Path(beside).unlink(missing_ok=True)
        raise
    _sync(folder)
    return path


def load(path: pathlib.Path, *, mapped: bool = True) -> Snapshot | Delta:
    """Read and verify one file. Mapped arrays are read-only and cost no memory of their own.

    Raises:
        BadWeights: anything about it is not as `save` wrote it.
        FileNotFoundError: there is no such file.
    """
    with path.open("rb") as opened:
        if not _is_whole(opened):
            raise BadWeights(f"{path.name} does not have the checksum it was saved with")
        try:
            return _made(*_read(path, opened, mapped=mapped))
        except (ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
            raise BadWeights(f"{path.name} does not hold weights: {error}") from error


Tell = Callable[[pathlib.Path, Exception], None]


def newest(
    folder: pathlib.Path, *, mapped: bool = True, tell: Tell = lambda _path, _error: None, most: int | None = None
) -> Snapshot | None:
    """The newest version that can be put together from whole files; None when there is none.

    Half-written files are passed over, and so are damaged ones and the deltas that build on them.

    Args:
        folder: where they lie.
        mapped: whole arrays stay in their file. A file that is cut off while it is mapped kills the process that
            reads on: copy what is to be kept.
        tell: hears of each damaged file.
        most: no version above this one.
    """
    for path in sorted(folder.glob("*.whole.npz"), reverse=True):
        if most is not None and version_of(path) > most:
            continue
        found = _intact(path, mapped=mapped, tell=tell)
        if isinstance(found, Snapshot):
            return _continued(folder, found, tell, most)
    return None


def version_of(path: pathlib.Path) -> int:
    """The version that a file says by its name."""
    return int(path.name.split(".")[0])


def prune(folder: pathlib.Path, *, keep: int) -> None:
    """Remove all that is older than the newest whole files, of which `keep` stay, and what a killed save left."""
    wholes = sorted(folder.glob("*.whole.npz"), reverse=True)
    oldest = version_of(wholes[:keep][-1]) if wholes else 0
    for path in folder.glob("*.npz"):
        if version_of(path) < oldest:
            path.unlink(missing_ok=True)
    for path in folder.glob("*.part"):
        path.unlink(missing_ok=True)


def remove_all(folder: pathlib.Path) -> None:
    """No weights at all. Harmless to repeat."""
    for path in [*folder.glob("*.npz"), *folder.glob("*.part")]:
        path.unlink(missing_ok=True)


def _continued(folder: pathlib.Path, found: Snapshot, tell: Tell, most: int | None) -> Snapshot:
    deltas: list[Delta] = []
    for path in sorted(folder.glob("*.delta.npz")):
        if version_of(path) <= found.version or (most is not None and version_of(path) > most):
            continue
        delta = _intact(path, mapped=False, tell=tell)
        # Past a damaged one the way goes on from the version before it, where a trainer has begun again.
        if isinstance(delta, Delta) and delta.parent == (deltas[-1].version if deltas else found.version):
            deltas.append(delta)
    while deltas:
        try:
            return apply_all(found, deltas)
        except BadWeights as error:
            tell(folder, error)
            deltas.pop()
    return found


def _intact(path: pathlib.Path, *, mapped: bool, tell: Tell) -> Snapshot | Delta | None:
    """A file's contents; None where it is damaged, or another process has just removed it."""
    try:
        return load(path, mapped=mapped)
    except FileNotFoundError:
        return None
    except (BadWeights, OSError) as error:
        tell(path, error)
        return None


def _packed(delta: Delta) -> dict[str, npt.NDArray[Any]]:
    rows = {name + _ROWS: places for name, places in delta.rows.items()}
    return rows | {name + _VALUES: values for name, values in delta.values.items()}


def _made(about: dict[str, Any], arrays: Arrays) -> Snapshot | Delta:
    if about["kind"] == "whole":
        return Snapshot(about["version"], about["parent"], arrays)
    rows, values = (
        {name.removesuffix(end): array for name, array in arrays.items() if name.endswith(end)}
        for end in (_ROWS, _VALUES)
    )
    shapes = {name: tuple(shape) for name, shape in about["shapes"].items()}
    return Delta(about["version"], about["parent"], rows, values, shapes)


def _digest(opened: BinaryIO) -> bytes:
    """SHA-256 of all but the place of the digits themselves."""
    left = opened.seek(0, os.SEEK_END) - _DIGITS
    opened.seek(0)
    summed = hashlib.sha256()
    while left > 0:
        part = opened.read(min(left, 1 << 20))
        left -= len(part)
        summed.update(part)
    return summed.hexdigest().encode()


def _is_whole(opened: BinaryIO) -> bool:
    if opened.seek(0, os.SEEK_END) <= _DIGITS:
        return False
    told = _digest(opened)
    return opened.read(_DIGITS) == told


def _write(opened: BinaryIO, about: dict[str, Any], arrays: Arrays) -> None:
    with zipfile.ZipFile(opened, "w", zipfile.ZIP_STORED) as packed:
        packed.comment = bytes(_DIGITS)
        packed.writestr(zipfile.ZipInfo(_ABOUT), json.dumps(about, sort_keys=True))
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(name + ".npy")
            begins = opened.tell() + _LOCAL_HEADER + len(entry.filename) + 4
            space = -begins % _ALIGNED
            entry.extra = _PAD_ID + space.to_bytes(2, "little") + bytes(space)
            with packed.open(entry, "w") as inside:
                np.lib.format.write_array(inside, np.ascontiguousarray(array), allow_pickle=False)


def _read(path: pathlib.Path, opened: BinaryIO, *, mapped: bool) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
    with zipfile.ZipFile(opened) as packed:
        about = json.loads(packed.read(_ABOUT))
        entries = [entry for entry in packed.infolist() if entry.filename != _ABOUT]
        if mapped:
            return about, dict(_mapped(path, opened, entries))
        arrays = {}
        for entry in entries:
            with packed.open(entry) as inside:
                arrays[entry.filename.removesuffix(".npy")] = np.lib.format.read_array(inside, allow_pickle=False)
        return about, arrays


def _mapped(path: pathlib.Path, opened: Any, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    for entry in entries:
        opened.seek(entry.header_offset + _LOCAL_HEADER - 4)
        name, extra = (int.from_bytes(opened.read(2), "little") for _ in range(2))
        opened.seek(name + extra, os.SEEK_CUR)
        np.lib.format.read_magic(opened)
        shape, fortran, kind = np.lib.format.read_array_header_1_0(opened)
        if fortran or kind.hasobject:
            raise ValueError("an array of an unexpected kind")
        if 0 in shape:
            yield entry.filename.removesuffix(".npy"), np.zeros(shape, kind)
            continue
        yield (
            entry.filename.removesuffix(".npy"),
            np.memmap(path, dtype=kind, mode="r", offset=opened.tell(), shape=shape),
        )


def _sync(folder: pathlib.Path) -> None:
    """Make the new name outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
