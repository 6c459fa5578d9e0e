"""Files by key in a folder. A file is written beside its place, flushed to the disk, and renamed."""

import contextlib
import os
import pathlib
import shutil
import tempfile
from collections.abc import Collection, Iterator
from typing import BinaryIO

from revue.platform.storage.keys import parts_of
from revue.platform.storage.store import Stored, Tick

BLOCK_BYTES = 262_144


class Folder:
    """The store of one machine.

    Args:
        root: where the keys' files lie.
        scratch: for drafts, on the same file system.
    """

    def __init__(self, root: pathlib.Path, scratch: pathlib.Path) -> None:
        self.root = root
        self._scratch = scratch

    def path(self, key: str) -> pathlib.Path:
        """Where a key's file is, whether or not it exists."""
        return self.root.joinpath(*parts_of(key))

    def put(self, key: str, path: pathlib.Path, tick: Tick) -> None:  # noqa: ARG002 - a rename takes no time
        """Move a file in."""
        with self._place(key) as target:
            try:
                path.rename(target)
            except OSError:  # another file system
                shutil.copyfile(path, target)
                path.unlink()
            target.chmod(0o644)
            _flush(target)

    def put_if_absent(self, key: str, path: pathlib.Path) -> bool:
        """Copy a file in where there is none: two at once are one."""
        final = self.path(key)
        with tempfile.TemporaryDirectory(dir=self._scratch) as folder:
            draft = pathlib.Path(folder) / "draft"
            shutil.copyfile(path, draft)
            draft.chmod(0o644)
            _flush(draft)
            final.parent.mkdir(parents=True, exist_ok=True)
            try:
                final.hardlink_to(draft)
            except FileExistsError:
                return False
            _flush(final.parent)
            return True

    def send_ahead(self, paths: Collection[pathlib.Path], tick: Tick) -> None:
        """Nothing: a rename takes no time."""

    def put_bytes(self, key: str, data: bytes) -> None:
        """Write a small file whole."""
        with self._place(key) as target:
            target.write_bytes(data)
            _flush(target)

    def copy(self, old_key: str, new_key: str) -> None:
        """Have a file under a second key too."""
        with self._place(new_key) as target:
            try:
                target.hardlink_to(self.path(old_key))  # files under keys are replaced, never written to
            except FileNotFoundError:
                raise
            except OSError:  # a file system without links
                shutil.copyfile(self.path(old_key), target)
                _flush(target)

    def fetch(self, key: str, tick: Tick) -> pathlib.Path:  # noqa: ARG002 - it is here
        """The file itself."""
        path = self.path(key)
        if not path.is_file():
            raise FileNotFoundError(key)
        return path

    def open(self, key: str) -> BinaryIO:
        """A file's bytes."""
        return self.path(key).open("rb")

    def read(self, key: str, start: int, end: int) -> Iterator[bytes]:
        """A file's bytes from `start` to before `end`, as far as there are any."""
        with self.open(key) as file:
            file.seek(start)
            while start < end and (block := file.read(min(BLOCK_BYTES, end - start))):
                start += len(block)
                yield block

    def stat(self, key: str) -> Stored | None:
        """What is known of a file; None when it is not there."""
        try:
            found = self.path(key).stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return Stored(key, found.st_size, found.st_mtime) if self.path(key).is_file() else None

    def delete(self, key: str) -> None:
        """Remove a file, if it is there."""
        self.path(key).unlink(missing_ok=True)

    def delete_tree(self, prefix: str) -> None:
        """Remove every file below a prefix."""
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self.path(prefix))

    def free_bytes(self) -> int:
        """How much more fits on the disk."""
        return shutil.disk_usage(self.root if self.root.exists() else self.root.parent).free

    def files(self, prefix: str) -> Iterator[Stored]:
        """Every file below a prefix; of everything, when that is empty."""
        top = self.path(prefix) if prefix else self.root
        for path in sorted(top.rglob("*")):
            with contextlib.suppress(FileNotFoundError):
                if path.is_file():
                    found = path.stat()
                    yield Stored(path.relative_to(self.root).as_posix(), found.st_size, found.st_mtime)

    def folders(self, prefix: str) -> Iterator[tuple[str, float]]:
        """Names right below a prefix that have files below them, and when something was last moved in there."""
        top = self.path(prefix)
        for path in sorted(top.iterdir()) if top.is_dir() else ():
            with contextlib.suppress(FileNotFoundError):
                if path.is_dir():
                    yield path.name, path.stat().st_mtime

    @contextlib.contextmanager
    def _place(self, key: str) -> Iterator[pathlib.Path]:
        """A draft beside the final place; renamed onto it when the block ends well."""
        final = self.path(key)
        draft = pathlib.Path(tempfile.mkdtemp(dir=self._scratch)) / "draft"
        try:
            yield draft
            final.parent.mkdir(parents=True, exist_ok=True)
            draft.replace(final)
            _flush(final.parent)
        finally:
            shutil.rmtree(draft.parent)


def _flush(path: pathlib.Path) -> None:
    """Wait until a file's bytes, or a folder's names, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
