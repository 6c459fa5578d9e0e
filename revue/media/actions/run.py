"""One run's hold on a clip: what every step of it writes through."""

import contextlib
import dataclasses
import datetime
import errno
import hashlib
import os
import pathlib
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from revue.media import inbox, policy
from revue.media.actions.clips import tell
from revue.media.ffmpeg import encode, errors
from revue.media.ffmpeg.more import content_type
from revue.media.ffmpeg.probe import Probe
from revue.media.models import Clip, RenditionFile
from revue.platform import clock, storage

LEASE = datetime.timedelta(seconds=20)
BEAT_SECONDS = 1.0  # a lease is renewed, and progress told, about so often
# A clip that nobody took for so long has found no free worker: one that is free takes it at once.
WAITS_AFTER = datetime.timedelta(seconds=2)


class LeaseLost(Exception):
    """The clip is gone, or another run has it."""


class GaveWay(LeaseLost):
    """The run let its clip go, for somebody waits for their video."""


@dataclasses.dataclass
class Run:
    """One run's hold on a clip."""

    clip_id: int
    lease_id: int
    folder: pathlib.Path
    told: int = 0  # percent
    beaten_at: float = 0.0  # by time.monotonic
    gives_way: bool = False  # to whoever waits for their video to play

    def beat(self, percent: int) -> None:
        """Renew the lease and tell how far we are; cheap to call often.

        Raises:
            LeaseLost: stop now.
            GaveWay: the same; this run does not count.
        """
        if time.monotonic() - self.beaten_at < BEAT_SECONDS:
            return
        self.beaten_at = time.monotonic()
        if self.gives_way and somebody_waits():
            self._give_way()
        with held(self) as clip:
            clip.lease_until = clock.now() + LEASE
            clip.progress = max(clip.progress, min(percent, 99))
            clip.save(update_fields=["lease_until", "progress"])
            if clip.progress != self.told:
                self.told = clip.progress
                tell(clip)

    def _give_way(self) -> None:
        with held(self) as clip:
            clip.lease_id = clip.lease_until = None
            clip.attempts = max(0, clip.attempts - 1)
            clip.save(update_fields=["lease_id", "lease_until", "attempts"])
        raise GaveWay


def somebody_waits() -> bool:
    """Whether somebody's video does not play yet and no worker is free for it."""
    now = clock.now()
    is_free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    waiting = Clip.objects.filter(is_free, state__in=policy.NOT_PLAYABLE, is_urgent=True)
    return waiting.filter(failures=0, changed_at__lt=now - WAITS_AFTER).exists()


@contextlib.contextmanager
def in_our_words() -> Iterator[None]:
    """What the disk and the object store refuse, as errors of media.

    Raises:
        DiskFull, StorageReadOnly, StorageAway: see their words.
    """
    try:
        yield
    except storage.StorageUnavailable as error:
        raise errors.StorageAway(str(error)) from error
    except OSError as error:
        refusal = refused(error)
        if refusal is None:
            raise
        raise refusal from error


def work_folder(lease_id: int) -> pathlib.Path:
    """The folder of one run."""
    return storage.scratch() / f"clip-{lease_id}"


def refused(error: OSError) -> errors.MediaError | None:
    """What it means for a clip that the system refused us something; None when that is our own fault."""
    if error.errno in errors.NO_ROOM:
        return errors.DiskFull()
    about = [pathlib.Path(os.fsdecode(name)) for name in (error.filename, error.filename2) if isinstance(name, str)]
    is_data = any(path.is_relative_to(settings.DATA_ROOT) for path in about)
    if error.errno == errno.EROFS or (error.errno in errors.READ_ONLY and is_data):
        return errors.StorageReadOnly(str(error))
    return None


@contextlib.contextmanager
def held(run: Run) -> Iterator[Clip]:
    """The clip's row, locked, while the lease is ours.

    Raises:
        LeaseLost: it is not.
    """
    with transaction.atomic():
        clip = Clip.objects.select_for_update().filter(pk=run.clip_id, lease_id=run.lease_id).first()
        if clip is None:
            raise LeaseLost
        yield clip


def bring(run: Run, *, key: str, upload_id: int | None) -> pathlib.Path:
    """An original on this machine; an upload's bytes are brought to their place first.

    Raises:
        OriginalLost: the bytes are nowhere.
        StorageUnavailable: the object store does not answer.
        LeaseLost: stop now.
    """
    if upload_id is not None:
        _settle(run, key, upload_id)
    try:
        return storage.fetch(key, tick=lambda: run.beat(1))
    except FileNotFoundError as error:
        raise errors.OriginalLost from error


def _settle(run: Run, key: str, upload_id: int) -> None:
    """Bring an upload's bytes to their place, from our inbox or from the bucket's."""
    arriving = policy.arriving_key(upload_id)
    if inbox.path(upload_id).exists():
        if not storage.exists(key):
            second = run.folder / "source"
            second.hardlink_to(inbox.path(upload_id))  # the bytes keep a name whenever we are killed
            storage.put(key, second, tick=lambda: run.beat(1))
        with held(run):
            inbox.remove(upload_id)
    elif storage.has_bucket() and storage.exists(arriving):
        storage.copy(arriving, key)
        with held(run):
            storage.delete(arriving)


def read_through(run: Run, found: dict[str, Any] | None, look: Callable[[], Probe]) -> Probe:
    """What is in an original. The first run that looks notes it for all others: to measure a sound is to decode it."""
    if found is not None:
        return Probe.from_row(found)
    about = look()
    with held(run) as clip:
        clip.found = about.to_row()
        clip.save(update_fields=["found"])
    return about


def store(clip: Clip, made: encode.Made, *, in_ladder: bool = True) -> None:
    """Move a rendition in and write its row; both may be there from a run that was killed in between.

    Raises:
        EncoderFailed: the file does not say how its pictures are encoded.
    """
    key, size = policy.clip_key(clip.id, made.path.name), made.path.stat().st_size
    values = {
        "key": key,
        "width": made.rung.width,
        "height": made.rung.height,
        "bitrate": size * 8000 // max(1, made.duration_ms),
        "bytes": size,
        "codec": made.rung.codec.value,
        "mime": content_type(made),
        "in_ladder": in_ladder,
    }
    storage.put(key, made.path)
    RenditionFile.objects.update_or_create(clip=clip, name=made.rung.name, defaults=values)


def note_hash(run: Run, source: pathlib.Path) -> None:
    """Keep what identifies an original that went to the bucket unread."""
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    with held(run) as clip:
        clip.original_sha256 = digest
        clip.save(update_fields=["original_sha256"])
