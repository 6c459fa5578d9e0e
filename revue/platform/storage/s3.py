"""Files by key in a bucket that speaks S3, with a cache of whole files for programs that need them on this machine."""

import contextlib
import dataclasses
import datetime
import functools
import os
import pathlib
import shutil
import tempfile
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO, Final

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from revue.platform import clock, ids
from revue.platform.storage.keys import StorageUnavailable, parts_of
from revue.platform.storage.signing import Credentials, presigned, quoted
from revue.platform.storage.store import Stored, Tick

AHEAD: Final = "ahead"  # below it lie bytes that wait for their key
AHEAD_SECONDS: Final = 86_400
CACHED_SECONDS: Final = 86_400  # what nobody asked for so long is not kept here
_MISSING = ("404", "NoSuchKey", "NotFound")
_THERE = ("PreconditionFailed", "ConditionalRequestConflict", "412", "409")
_PART_BYTES = 16 * 1024 * 1024
_YOUNG_SECONDS = 3600  # what was fetched so recently may be in somebody's hands
_BLOCK_BYTES = 262_144


@dataclasses.dataclass(frozen=True)
class Bucket:
    """Where it is, and who we are there."""

    name: str
    endpoint: str  # empty: Amazon's
    public_endpoint: str  # as browsers know it
    region: str
    access_key: str
    secret_key: str
    prefix: str  # before every key; empty, or ending in /

    @property
    def public_address(self) -> str:
        """What stands before a key in the addresses that browsers get."""
        if self.public_endpoint:
            return f"{self.public_endpoint.rstrip('/')}/{self.name}"
        return f"https://{self.name}.s3.{self.region}.amazonaws.com"


@contextlib.contextmanager
def answered() -> Iterator[None]:
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
    except (BotoCoreError, Boto3Error, ConnectionError, TimeoutError) as error:
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
        self._ahead: dict[pathlib.Path, str] = {}
        self._lock = threading.Lock()
        # One thread: whoever hears how far it is may have a database connection of their own.
        self._transfer = TransferConfig(
            multipart_threshold=_PART_BYTES, multipart_chunksize=_PART_BYTES, use_threads=False
        )

    @functools.cached_property
    def client(self) -> Any:
        """boto3's client; it is safe to share between threads."""
        return self._session.client(
            "s3",
            endpoint_url=self._bucket.endpoint or None,
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path" if self._bucket.endpoint else "auto"},
                retries={"max_attempts": 3, "mode": "standard"},
                connect_timeout=5,
                read_timeout=60,
                max_pool_connections=32,
            ),
        )

    @functools.cached_property
    def _session(self) -> Any:
        return boto3.Session(
            aws_access_key_id=self._bucket.access_key or None,
            aws_secret_access_key=self._bucket.secret_key or None,
            region_name=self._bucket.region,
        )

    def put(self, key: str, path: pathlib.Path, tick: Tick) -> None:
        """Upload a file, then remove it here; what was sent ahead is only given its key."""
        with self._lock:
            ahead = self._ahead.pop(path, None)
        if ahead is not None:
            self.copy(ahead, key)
            self.delete(ahead)
        else:
            self._upload(key, path, tick)
        path.unlink()

    def send_ahead(self, paths: Collection[pathlib.Path], tick: Tick) -> None:
        """Upload files to a place of their own, before a row is locked: giving them a key later takes no time."""
        for path in paths:
            key = f"{AHEAD}/{ids.to_short(ids.new_id())}"
            self._upload(key, path, tick)
            with self._lock:
                self._ahead[path] = key

    def forget_ahead(self) -> None:
        """Remove what was sent ahead by processes that were killed."""
        for file in list(self.files(AHEAD)):
            if file.changed_at < time.time() - AHEAD_SECONDS:
                self.delete(file.key)

    def _upload(self, key: str, path: pathlib.Path, tick: Tick) -> None:
        with path.open("rb") as file, answered():
            self.client.upload_fileobj(file, *self._at(key), Config=self._transfer, Callback=lambda _count: tick())

    def put_if_absent(self, key: str, path: pathlib.Path) -> bool:
        """Upload a file where there is none; two at once are one, where the store knows conditions."""
        if self.stat(key) is not None:
            return False
        try:
            with path.open("rb") as file, answered():
                self.client.put_object(**self.named(key), Body=file, IfNoneMatch="*")
        except StorageUnavailable as error:
            cause = error.__cause__
            if isinstance(cause, ClientError) and str(cause.response["Error"].get("Code")) in _THERE:
                return False
            raise
        return True

    def put_bytes(self, key: str, data: bytes) -> None:
        """Upload a small file whole."""
        with answered():
            self.client.put_object(**self.named(key), Body=data)

    def copy(self, old_key: str, new_key: str) -> None:
        """Have a file under a second key too, without fetching it."""
        source = {"Bucket": self._bucket.name, "Key": self.full(old_key)}
        with answered():
            self.client.copy(source, *self._at(new_key), Config=self._transfer)

    def fetch(self, key: str, tick: Tick) -> pathlib.Path:
        """A whole copy of a file on this machine, fetched at most once as long as it stays the same."""
        with answered():
            head = self.client.head_object(**self.named(key))
        path = self._cached(key) / "".join(letter for letter in head["ETag"] if letter.isalnum() or letter == "-")
        if path.is_file():
            os.utime(path)
            return path
        self._make_room(head["ContentLength"])
        with tempfile.TemporaryDirectory(dir=self._cache) as folder:
            draft = pathlib.Path(folder) / "draft"
            with answered():
                self.client.download_file(
                    *self._at(key), str(draft), Config=self._transfer, Callback=lambda _count: tick()
                )
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.replace(path)
        return path

    def open(self, key: str) -> BinaryIO:
        """A file's bytes."""
        with answered():
            body: BinaryIO = self.client.get_object(**self.named(key))["Body"]
        return body

    def read(self, key: str, start: int, end: int) -> Iterator[bytes]:
        """A file's bytes from `start` to before `end`."""
        if start >= end:
            return
        with answered():
            body = self.client.get_object(**self.named(key), Range=f"bytes={start}-{end - 1}")["Body"]
        with contextlib.closing(body), answered():
            yield from body.iter_chunks(_BLOCK_BYTES)

    def stat(self, key: str) -> Stored | None:
        """What is known of a file; None when it is not there."""
        try:
            with answered():
                head = self.client.head_object(**self.named(key))
        except FileNotFoundError:
            return None
        return Stored(key, head["ContentLength"], head["LastModified"].timestamp())

    def delete(self, key: str) -> None:
        """Remove a file, if it is there."""
        with answered():
            self.client.delete_object(**self.named(key))
        shutil.rmtree(self._cached(key), ignore_errors=True)  # other machines forget theirs within a day

    def delete_tree(self, prefix: str) -> None:
        """Remove every file below a prefix."""
        for file in list(self.files(prefix)):
            self.delete(file.key)

    def free_bytes(self) -> None:
        """Nobody says: the protocol has no such question."""

    def files(self, prefix: str) -> Iterator[Stored]:
        """Every file below a prefix; of everything, when that is empty."""
        below = self.full(prefix) + "/" if prefix else self._bucket.prefix
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

    def signed(
        self,
        method: str,
        key: str,
        *,
        seconds: int,
        step_s: int,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """An address for browsers that allows one kind of request; the same for all who ask within `step_s`."""
        now = int(clock.now().timestamp())
        found = self._session.get_credentials()
        if found is None:
            raise StorageUnavailable("There are no credentials for the bucket.")
        keys = found.get_frozen_credentials()
        return presigned(
            method,
            f"{self._bucket.public_address}/{quoted(self.full(key), keeps='/')}",
            credentials=Credentials(keys.access_key, keys.secret_key, keys.token),
            region=self._bucket.region,
            at=datetime.datetime.fromtimestamp(now - now % step_s, datetime.UTC),
            seconds=seconds + step_s,
            query=query,
            headers=headers,
        )

    def problem(self) -> str | None:
        """Why the bucket cannot be used, or None."""
        try:
            self.put_bytes("doctor", b"ok")
            self.delete("doctor")
        except (StorageUnavailable, FileNotFoundError) as error:
            return f"The bucket {self._bucket.name} cannot be written ({error}). Check the settings REVUE_S3_…."
        return None

    def prepare(self, origin: str) -> None:
        """Let the pages of `origin` read and send files by signed addresses, and forget what was sent in part only."""
        rule = {
            "AllowedOrigins": [origin],
            "AllowedMethods": ["GET", "HEAD", "PUT"],
            "AllowedHeaders": ["*"],
            "ExposeHeaders": ["ETag", "Content-Range", "Accept-Ranges"],
            "MaxAgeSeconds": 3600,
        }
        parts = {
            "ID": "revue-unfinished-uploads",
            "Status": "Enabled",
            "Filter": {"Prefix": self._bucket.prefix},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
        }
        with answered():
            self.client.put_bucket_cors(Bucket=self._bucket.name, CORSConfiguration={"CORSRules": [rule]})
            self.client.put_bucket_lifecycle_configuration(
                Bucket=self._bucket.name, LifecycleConfiguration={"Rules": [parts]}
            )

    @property
    def bucket_name(self) -> str:
        """Which bucket this is."""
        return self._bucket.name

    def named(self, key: str) -> dict[str, str]:
        """A key in boto3's words."""
        return {"Bucket": self._bucket.name, "Key": self.full(key)}

    def full(self, key: str) -> str:
        """A key as the bucket has it."""
        return self._bucket.prefix + "/".join(parts_of(key))

    def _at(self, key: str) -> tuple[str, str]:
        return self._bucket.name, self.full(key)

    def _pages(self, **words: str) -> Iterator[dict[str, Any]]:
        pages = iter(self.client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket.name, **words))
        while True:
            with answered():
                page = next(pages, None)
            if page is None:
                return
            yield page

    def _cached(self, key: str) -> pathlib.Path:
        return self._cache.joinpath(*parts_of(key))

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
            unused_s = time.time() - used_at
            if unused_s < CACHED_SECONDS and (total <= self._cache_bytes or unused_s < _YOUNG_SECONDS):
                return
            path.unlink(missing_ok=True)
            total -= size
