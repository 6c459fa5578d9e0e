"""`revue backup` and `revue restore`: one file with the database, the media and the secret key.

The file is a gzip'd tar, written and read as a stream: `manifest.json` last, with the size and SHA-256 of each member.
The database is dumped first, in one snapshot; files that it names are on the disk by then, since a file is always
moved into place before the row that names it. Files that vanish meanwhile belong to things deleted meanwhile.
"""

import contextlib
import gzip
import hashlib
import json
import os
import pathlib
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.db import connection, connections

from revue import __version__
from revue.platform import clock, storage, tables
from revue.platform.postgres import find_tool

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
KEY = "secret-key"
MEDIA = "media"
_CHUNK = 1 << 20


class BackupError(RuntimeError):
    """A backup cannot be written or restored; nothing was changed."""


class _Hashing:
    """A file being read or written, with the SHA-256 of its bytes so far."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.digest = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._file.read(size)
        self.digest.update(data)
        self.size += len(data)
        return data


def write_backup(file: str) -> str:
    """Write everything into one new file, while the instance runs.

    Returns one line for a person.

    Raises:
        BackupError: the file exists, or the database could not be dumped.
    """
    target = pathlib.Path(file)
    if target.exists():
        raise BackupError(f"{target} is there already. Choose another name, or remove it.")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with _private(draft) as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=1) as packed:
            count = _write_members(cast("BinaryIO", packed))
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return (
        f"{target}: {count} files, {target.stat().st_size:,} bytes. Keep it as safe as the instance: it holds the key."
    )


@contextlib.contextmanager
def _private(path: pathlib.Path) -> Iterator[BinaryIO]:
    """A new file that only its owner reads, on the disk when the block ends."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _write_members(packed: BinaryIO) -> int:
    members: dict[str, dict[str, Any]] = {}
    with tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar, _scratch() as folder:
        dump = folder / DUMP
        _dump_database(dump)
        _add(tar, dump, DUMP, members)
        dump.unlink()
        _add_text(tar, settings.SECRET_KEY, KEY, members)
        for file in storage.files():
            with contextlib.suppress(FileNotFoundError):  # deleted since it was listed
                _add_stored(tar, file, members)
        manifest = {"format": FORMAT, "revue": __version__, "made_at": clock.now().isoformat(), "members": members}
        _add_text(tar, json.dumps(manifest), MANIFEST, {})
    return len(members)


def _dump_database(target: pathlib.Path) -> None:
    """One consistent snapshot, without the caches."""
    left_out = [f"--exclude-table-data={name}" for name in ("platform_cache", "platform_limit")]
    command = ["--format=custom", "--no-owner", "--no-privileges", *left_out, f"--file={target}"]
    _run_on_database("pg_dump", *command)


def _run_on_database(name: str, *words: str) -> None:
    """Run one of PostgreSQL's programs on the instance's database."""
    database = connection.get_connection_params()
    where = [f"--dbname={database['dbname']}"]
    where += [f"--{flag}={database[field]}" for flag, field in _FLAGS if database.get(field)]
    _run([str(find_tool(name)), *where, *words], password=str(database.get("password", "")))


def _run(command: list[str], *, password: str = "") -> None:
    environ = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    done = subprocess.run(command, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{pathlib.Path(command[0]).name} failed: {done.stderr.strip()}")


_FLAGS = (("host", "host"), ("port", "port"), ("username", "user"))


def _add(tar: tarfile.TarFile, path: pathlib.Path, name: str, members: dict[str, dict[str, Any]]) -> None:
    with path.open("rb") as file:
        info = tarfile.TarInfo(name)
        info.size = os.fstat(file.fileno()).st_size
        info.mtime = int(path.stat().st_mtime)
        hashing = _Hashing(file)
        tar.addfile(info, cast("BinaryIO", hashing))
    members[name] = {"bytes": hashing.size, "sha256": hashing.digest.hexdigest()}


def _add_stored(tar: tarfile.TarFile, stored: storage.Stored, members: dict[str, dict[str, Any]]) -> None:
    """A file of the media, from wherever it is kept."""
    with storage.open(stored.key) as file:
        info = tarfile.TarInfo(f"{MEDIA}/{stored.key}")
        info.size, info.mtime = stored.bytes, int(stored.changed_at)
        hashing = _Hashing(file)
        tar.addfile(info, cast("BinaryIO", hashing))
    members[info.name] = {"bytes": hashing.size, "sha256": hashing.digest.hexdigest()}


def _add_text(tar: tarfile.TarFile, text: str, name: str, members: dict[str, dict[str, Any]]) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(text.encode())
        file.flush()
        _add(tar, pathlib.Path(file.name), name, members)


def restore_backup(file: str) -> str:
    """Fill an empty instance. Everything is unpacked and checked before anything is changed.

    Returns one line for a person.

    Raises:
        BackupError: the instance is not empty, or the file is damaged, or of a newer format.
    """
    _require_empty()
    with _scratch() as folder:
        try:
            manifest = _unpack(pathlib.Path(file), folder)
        except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, json.JSONDecodeError) as error:
            raise BackupError(f"{file} is damaged or no backup of Revue: {error}") from error
        _place_media(folder / MEDIA)
        _place_key(folder / KEY)
        _load_database(folder / DUMP)  # the point of no return comes last: a run killed before it can be repeated
    return f"Restored {len(manifest['members'])} files from {manifest['made_at']}. Start the instance with `revue up`."


def _require_empty() -> None:
    if tables.unapplied():
        tables.migrate()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_person")
        people = cursor.fetchone()[0]
    if people:
        raise BackupError(f"This instance is not empty ({people} people). Restore into a new, empty data folder.")


def _unpack(file: pathlib.Path, folder: pathlib.Path) -> dict[str, Any]:
    """Unpack below `folder` and compare with the manifest."""
    seen: dict[str, dict[str, Any]] = {}
    with tarfile.open(file, mode="r|gz") as tar:
        for info in tar:
            if not info.isfile():
                raise BackupError(f"{file} holds {info.name}, which is not a plain file.")
            seen[info.name] = _unpack_one(tar, info, _inside(folder, info.name))
    seen.pop(MANIFEST, None)
    if not (folder / MANIFEST).exists():
        raise BackupError(f"{file} is cut short: its manifest is missing.")
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    if manifest["format"] != FORMAT:
        raise BackupError(f"{file} was written by a newer Revue ({manifest['revue']}). Update Revue first.")
    if wrong := sorted(
        name for name in {*seen, *manifest["members"]} if seen.get(name) != manifest["members"].get(name)
    ):
        raise BackupError(f"{file} is damaged: {wrong[0]} is not what was written.")
    return manifest


def _inside(folder: pathlib.Path, name: str) -> pathlib.Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise BackupError(f"A member of the backup points outside: {name}")
    return path


def _unpack_one(tar: tarfile.TarFile, info: tarfile.TarInfo, target: pathlib.Path) -> dict[str, Any]:
    target.parent.mkdir(parents=True, exist_ok=True)
    source = tar.extractfile(info)
    if source is None:
        raise BackupError(f"{info.name} cannot be read.")
    hashing = _Hashing(source)
    with target.open("wb") as out:
        while data := hashing.read(_CHUNK):
            out.write(data)
    return {"bytes": hashing.size, "sha256": hashing.digest.hexdigest()}


def _load_database(dump: pathlib.Path) -> None:
    """Replace every table in one transaction: a failure leaves the empty instance as it was.

    By way of a script on the disk, since `pg_restore --clean` cannot drop the keys of partitioned tables, and since
    a pipe would commit what came before a failure.
    """
    connections.close_all()
    script = dump.with_suffix(".sql")
    _run([str(find_tool("pg_restore")), "--no-owner", "--no-privileges", f"--file={script}", str(dump)])
    fresh = ["--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public"]
    _run_on_database("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "-1", *fresh, f"--file={script}")


def _place_media(unpacked: pathlib.Path) -> None:
    target = _media_root()
    if target.exists():  # nobody's files, since there are no people; set aside all the same
        target.rename(target.with_name(f"{MEDIA}.before-{clock.now():%Y%m%dT%H%M%S%f}"))
    if unpacked.exists():
        unpacked.rename(target)


def _place_key(unpacked: pathlib.Path) -> None:
    """Put the key in place of the new instance's own, so that sessions and links of the old one go on."""
    target = pathlib.Path(settings.DATA_ROOT) / KEY
    unpacked.chmod(0o600)
    unpacked.replace(target)


def _media_root() -> pathlib.Path:
    return pathlib.Path(settings.DATA_ROOT) / MEDIA


@contextlib.contextmanager
def _scratch() -> Iterator[pathlib.Path]:
    """A folder on the data folder's own file system, so that moving out of it is a rename."""
    parent = pathlib.Path(settings.DATA_ROOT) / "tmp"
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent, ignore_cleanup_errors=True) as name:
        yield pathlib.Path(name)
