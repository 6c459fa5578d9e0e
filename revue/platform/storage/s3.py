"""Files by key in a bucket that speaks S3, with a cache of whole files for programs that need them on this machine."""

import contextlib
import dataclasses
import functools
import os
import pathlib
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Final

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from revue.platform.storage.keys import StorageUnavailable, Stored, parts_of

Tick = Callable[[], None]
SIGNED_SECONDS: Final = 3600
_MISSING = ("404", "NoSuchKey", "NotFound")
_PART_BYTES = 16 * 1024 * 1024
_YOUNG_SECONDS = 3600  # what was fetched so recently may be in somebody's hands
_BATCH = 1000


@dataclasses.dataclass(frozen=True)
class Bucket:
    """Where it is, and who we are there."""

    name: str
    endpoint: str  # empty: Amazon's
    region: str
    access_key: str
    secret_key: str
    prefix: str  # before every key; empty, or ending in /


@contextlib.contextmanager
def _answered() -> Iterator[None]:
    """The store's refusals in our words.

    Raises:
        FileNotFoundError: nothing is there.
        StorageUnavailable: it does not answer, or refuses us.
    """
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in _MISSING:
            raise FileNotFoundError(code) from error
        raise StorageUnavailable(f"S3 says {code}.") from error
    except (BotoCoreError, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise StorageUnavailable(str(error)) from error


class S3:
    """The store of many machines.

    Args:
        bucket: where.
        cache: a folder for files that were fetched.
        cache_bytes: how much of it is kept.
    """

    def __init__(self, bucket: Bucket, cache: pathlib.Path, cache_bytes: int) -> None:
        self._bucket = bucket
        self._cache = cache
        self._cache_bytes = cache_bytes
        # One thread: whoever hears how far it is may have a database connection of their own.
        self._transfer = TransferConfig(
            multipart_threshold=_PART_BYTES, multipart_chunksize=_PART_BYTES, use_threads=False
        )

    @functools.cached_property
    def client(self) -> Any:
        """boto3's client; it is safe to share between threads."""
        style = "path" if self._bucket.endpoint else "auto"
        return boto3.client(
            "s3",
            endpoint_url=self._bucket.endpoint or None,
            region_name=self._bucket.region,
            aws_access_key_id=self._bucket.access_key or None,
            aws_secret_access_key=self._bucket.secret_key or None,
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": style},
                retries={"max_attempts": 3, "mode": "standard"},
                connect_timeout=5,
                read_timeout=60,
                max_pool_connections=32,
            ),
        )

    def put(self, key: str, path: pathlib.Path, tick: Tick) -> None:
        """Upload a file, then remove it here."""
        with _answered():
            self.client.upload_file(str(path), *self._at(key), Config=self._transfer, Callback=lambda _count: tick())
        path.unlink()

    def put_bytes(self, key: str, data: bytes) -> None:
        """Upload a small file whole."""
        with _answered():
            self.client.put_object(**self._named(key), Body=data)

    def copy(self, old_key: str, new_key: str) -> None:
        """Have a file under a second key too, without fetching it."""
        source = {"Bucket": self._bucket.name, "Key": self._full(old_key)}
        with _answered():
            self.client.copy(source, *self._at(new_key), Config=self._transfer)

    def fetch(self, key: str, tick: Tick) -> pathlib.Path:
        """A whole copy of a file on this machine, fetched at most once."""
        path = self._cache.joinpath(*parts_of(key))
        found = self.stat(key)
        if found is None:
            raise FileNotFoundError(key)
        if path.is_file() and path.stat().st_size == found.bytes and path.stat().st_mtime >= found.changed_at:
            os.utime(path)
            return path
        self._make_room(found.bytes)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._cache) as folder:
            draft = pathlib.Path(folder) / "draft"
            with _answered():
                self.client.download_file(
                    *self._at(key), str(draft), Config=self._transfer, Callback=lambda _count: tick()
                )
            path.parent.mkdir(parents=True, exist_ok=True)  # whoever made room may have swept it
            draft.replace(path)
        return path

    def open(self, key: str) -> BinaryIO:
        """A file's bytes."""
        with _answered():
            body: BinaryIO = self.client.get_object(**self._named(key))["Body"]
        return body

    def stat(self, key: str) -> Stored | None:
        """What is known of a file; None when it is not there."""
        try:
            with _answered():
                head = self.client.head_object(**self._named(key))
        except FileNotFoundError:
            return None
        return Stored(key, head["ContentLength"], head["LastModified"].timestamp())

    def delete(self, key: str) -> None:
        """Remove a file, if it is there."""
        with _answered():
            self.client.delete_object(**self._named(key))
        self._cache.joinpath(*parts_of(key)).unlink(missing_ok=True)

    def delete_tree(self, prefix: str) -> None:
        """Remove every file below a prefix."""
        for file in list(self.files(prefix)):
            self.delete(file.key)

    def files(self, prefix: str) -> Iterator[Stored]:
        """Every file below a prefix; of everything, when that is empty."""
        below = self._full(prefix) + "/" if prefix else self._bucket.prefix
        for page in self._pages(Prefix=below):
            for item in page.get("Contents", ()):
                key = item["Key"].removeprefix(self._bucket.prefix)
                yield Stored(key, item["Size"], item["LastModified"].timestamp())

    def folders(self, prefix: str) -> Iterator[tuple[str, float]]:
        """Names right below a prefix that have files below them, and when the newest of those was written."""
        newest: dict[str, float] = {}
        for file in self.files(prefix):
            name = file.key.removeprefix(f"{prefix}/").partition("/")[0]
            newest[name] = max(newest.get(name, 0.0), file.changed_at)
        yield from newest.items()

    def signed_url(self, key: str, content_type: str) -> str:
        """An address that gives the file to whoever has it, for `SIGNED_SECONDS`."""
        wanted = {**self._named(key), "ResponseContentType": content_type}
        with _answered():
            address: str = self.client.generate_presigned_url("get_object", Params=wanted, ExpiresIn=SIGNED_SECONDS)
        return address

    def problem(self) -> str | None:
        """Why the bucket cannot be used, or None."""
        try:
            self.put_bytes("doctor", b"ok")
            self.delete("doctor")
        except (StorageUnavailable, FileNotFoundError) as error:
            return f"The bucket {self._bucket.name} cannot be written: {error}"
        return None

    def _full(self, key: str) -> str:
        return self._bucket.prefix + "/".join(parts_of(key))

    def _at(self, key: str) -> tuple[str, str]:
        return self._bucket.name, self._full(key)

    def _named(self, key: str) -> dict[str, str]:
        return {"Bucket": self._bucket.name, "Key": self._full(key)}

    def _pages(self, **words: str) -> Iterator[dict[str, Any]]:
        pages = iter(self.client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket.name, **words))
        while True:
            with _answered():
                page = next(pages, None)
            if page is None:
                return
            yield page

    def _make_room(self, wanted: int) -> None:
        """Forget what nobody has asked for longest, until there is room for so many bytes more."""
        self._cache.mkdir(parents=True, exist_ok=True)
        kept = []
        for path in self._cache.rglob("*"):
            with contextlib.suppress(FileNotFoundError):
                if path.is_file():
                    kept.append((path.stat().st_mtime, path.stat().st_size, path))
        total = wanted + sum(size for _, size, _ in kept)
        for used_at, size, path in sorted(kept):
            if total <= self._cache_bytes or time.time() - used_at < _YOUNG_SECONDS:
                return
            path.unlink(missing_ok=True)
            total -= size
