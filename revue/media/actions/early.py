"""The pictures of a first rendition, made while an upload's bytes still come.

Whoever sends an upload asks for it, a worker does it, and the clip that is made of the upload takes what there is. None
of it is needed: when a run dies, gives up or comes too late, the clip is made as any other.
"""

import contextlib
import dataclasses
import datetime
import hmac
import logging
import os
import pathlib
import shutil
import time
from typing import Any

from django.conf import settings
from django.db import transaction

from revue.media import inbox, policy, queries, tasks
from revue.media.actions.run import BEAT_SECONDS, Run
from revue.media.ffmpeg import encode, errors, feed, plan, probe, sniff, stream
from revue.media.ffmpeg.streamable import Verdict, is_in_fragments, streamable
from revue.media.models import Clip, EarlyRun, Upload
from revue.platform import clock, ids, storage

_log = logging.getLogger(__name__)
LEASE = datetime.timedelta(seconds=6)  # short: a clip may be waiting for a run that was killed
PATIENCE_SECONDS = 8.0  # without a byte; who goes on later asks again
MOST_TRIES = 3
SPARE_BYTES = 300_000_000  # room that is left to everything else
STUCK_SECONDS = 10.0  # a clip waits no longer for a run that comes no further
LOOK_SECONDS = 0.04


class _Gone(Exception):
    """The upload is gone, or another run has it."""


@dataclasses.dataclass(frozen=True)
class Found:
    """What a run knows at its end: of which bytes, and what is in them."""

    sha256: str
    about: probe.Probe

    def to_row(self) -> dict[str, Any]:
        """As JSON."""
        return {"sha256": self.sha256, "about": self.about.to_row()}

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> "Found":
        """Back from JSON."""
        return cls(row["sha256"], probe.Probe.from_row(row["about"]))


def ask(*, upload: Upload) -> bool:
    """Ask for a run where the bytes that are there show that one can begin; whether there is nothing more to ask.

    Costs a look at the file's first boxes, and one SELECT once they are there.
    """
    if not settings.EARLY_CONCURRENCY or upload.offset_bytes >= upload.length_bytes:
        return True
    try:
        with inbox.path(upload.pk).open("rb") as file:
            verdict = streamable(file, upload.length_bytes)
    except FileNotFoundError:  # cancelled meanwhile
        return True
    if verdict is Verdict.YES and _is_wanted(EarlyRun.objects.filter(pk=upload.pk).first()):
        tasks.make_early.enqueue(upload_id=upload.pk, once=f"early:{upload.pk}")
    return verdict is not Verdict.TOO_SOON


def _is_wanted(early: EarlyRun | None) -> bool:
    return early is None or not (early.found or _is_alive(early) or early.tries >= MOST_TRIES)


def _is_alive(early: EarlyRun) -> bool:
    return early.lease_until is not None and early.lease_until > clock.now()


def _folder(upload_id: int, lease_id: int) -> pathlib.Path:
    """The folder of one run; it stays until a clip has taken what is in it, or its upload is gone."""
    return inbox.early_folder(upload_id) / str(lease_id)


def make_early(*, upload_id: int) -> None:
    """Make what can be made of an upload while it comes. Twice, or two at once, is harmless."""
    hold = _claim(upload_id)
    if hold is None:
        return
    upload, lease_id = hold
    folder, is_kept = _folder(upload_id, lease_id), False
    try:
        folder.mkdir(parents=True)
        is_kept = _keep(upload, lease_id, _make(upload, lease_id, folder))
    except _Gone:
        _log.info("Upload %s is gone; its early run stops.", ids.to_short(upload_id))
    except (feed.Starved, errors.Interrupted, OSError) as error:
        _log.info("Upload %s: its early run stops: %s", ids.to_short(upload_id), error)
    except errors.MediaError as error:  # its clip will say so, if there will be one
        _log.info("Upload %s cannot be made early: %s %s", ids.to_short(upload_id), error.code, error.detail)
        EarlyRun.objects.filter(pk=upload_id, lease_id=lease_id).update(tries=MOST_TRIES)
    finally:
        if not is_kept:
            EarlyRun.objects.filter(pk=upload_id, lease_id=lease_id).update(lease_until=None)
            shutil.rmtree(folder, ignore_errors=True)  # what cannot be removed now, the sweep removes


@transaction.atomic
def _claim(upload_id: int) -> tuple[Upload, int] | None:
    """The upload and a lease, unless it is gone, has been posted, or needs no run."""
    upload = Upload.objects.select_for_update().filter(pk=upload_id).first()
    if upload is None or Clip.objects.filter(upload=upload).exists():
        return None
    if shutil.disk_usage(storage.scratch()).free < SPARE_BYTES:
        return None
    early, _ = EarlyRun.objects.get_or_create(upload=upload)
    if not _is_wanted(early):
        return None
    early.tries += 1
    early.lease_id, early.lease_until, early.reached_ms = ids.new_id(), clock.now() + LEASE, 0
    early.save()
    return upload, early.lease_id


def _make(upload: Upload, lease_id: int, folder: pathlib.Path) -> Found:
    """Two looks at the bytes as they come: at the head, to know what to make, and at all of it.

    Raises:
        _Gone, feed.Starved, MediaError: see their words.
    """
    ffmpeg, path, length = queries.ffmpeg(), inbox.path(upload.pk), upload.length_bytes
    limits = probe.Limits(settings.MAX_VIDEO_SECONDS, settings.MAX_VIDEO_PIXELS, settings.MAX_VIDEO_FPS)
    beat, demuxer = _Beat(upload.pk, lease_id), sniff.sniff(path)
    with path.open("rb") as file:  # one open file: it may find its place as an original meanwhile
        head = feed.Feed(file, length, PATIENCE_SECONDS)
        cut = is_in_fragments(file)
        about = stream.probe_head(ffmpeg, demuxer, head, folder, limits, beat, in_fragments=cut)
        if about.duration_ms > limits.seconds * 1000:
            raise errors.TooLong(limits.seconds)
        work = encode.Work(ffmpeg, path, folder, about, plan.preset(os.cpu_count() or 1), limits)
        whole = feed.Feed(file, length, PATIENCE_SECONDS)
        first = plan.early(plan.rungs(about.width, about.height))
        about = stream.pictures(work, first, whole, beat, in_fragments=cut)
        whole.read_rest()
        return Found(whole.sha256, about)


class _Beat:
    """Renews a run's lease and says how far it is, each second; raises _Gone when there is none any more."""

    def __init__(self, upload_id: int, lease_id: int) -> None:
        self._row = EarlyRun.objects.filter(pk=upload_id, lease_id=lease_id)
        self._beaten_at = 0.0

    def __call__(self, reached_ms: int) -> None:
        if time.monotonic() - self._beaten_at < BEAT_SECONDS:
            return
        self._beaten_at = time.monotonic()
        if not self._row.update(lease_until=clock.now() + LEASE, reached_ms=reached_ms):
            raise _Gone


def _keep(upload: Upload, lease_id: int, found: Found) -> bool:
    """Say what is there to be taken; whether the upload still is."""
    _log.info("Upload %s: the pictures were made while it came.", ids.to_short(upload.pk))
    return bool(
        EarlyRun.objects.filter(pk=upload.pk, lease_id=lease_id).update(
            found=found.to_row(), reached_ms=found.about.duration_ms, lease_until=None
        )
    )


def clip_in_waiting(*, upload_id: int) -> int | None:
    """The clip that was made of an upload and does not play yet, if there are pictures for it."""
    waiting = Clip.objects.filter(
        upload_id=upload_id, state__in=policy.NOT_PLAYABLE, upload__early__found__isnull=False
    )
    return waiting.values_list("id", flat=True).first()


def take(run: Run, clip: Clip) -> probe.Probe | None:
    """Put what was made early of a clip's upload into a run's folder; None where that cannot be used.

    Waits for a run that is about to end: it began before we could.

    Raises:
        LeaseLost: stop now.
    """
    early = _awaited(run, clip)
    if early is None or early.lease_id is None or early.found is None:
        return None
    found = Found.from_row(early.found)
    if not hmac.compare_digest(found.sha256, clip.original_sha256):  # a part was thrown away and sent again
        return None
    try:
        for name in stream.FILES:
            (run.folder / name).hardlink_to(_folder(early.pk, early.lease_id) / name)
    except OSError as error:
        _log.info("Clip %s: what was made early is not here: %s", ids.to_short(clip.pk), error)
        return None
    return found.about


def _awaited(run: Run, clip: Clip) -> EarlyRun | None:
    """The run of a clip's upload once it has ended; None as soon as there is nothing to wait for."""
    reached_ms, moved_at = -1, time.monotonic()
    while True:
        early = EarlyRun.objects.filter(pk=clip.upload_id).first()
        if early is None or early.found is not None:
            return early
        if early.reached_ms != reached_ms:
            reached_ms, moved_at = early.reached_ms, time.monotonic()
        if not _is_alive(early) or time.monotonic() - moved_at > STUCK_SECONDS:
            return None
        run.beat(1)
        time.sleep(LOOK_SECONDS)


def forget(*, upload_id: int) -> None:
    """Remove what was made early of an upload; a run that goes on finds its row gone and stops."""
    EarlyRun.objects.filter(pk=upload_id).delete()
    shutil.rmtree(inbox.early_folder(upload_id), ignore_errors=True)


def remove_leftovers(before: float) -> int:
    """Remove folders that belong to no upload any more, and those of clips that play; returns how many.

    Args:
        before: younger ones are left alone, seconds since 1970.
    """
    EarlyRun.objects.filter(upload__clip__isnull=False).exclude(upload__clip__state__in=policy.NOT_PLAYABLE).delete()
    old = {}
    for path in storage.scratch().glob(f"{inbox.EARLY}*"):
        with contextlib.suppress(FileNotFoundError, ValueError):
            if path.stat().st_mtime < before:
                old[int(path.name.removeprefix(inbox.EARLY))] = path
    known = EarlyRun.objects.filter(pk__in=old)
    kept = {early.pk for early in known if early.found is not None or _is_alive(early)}
    for upload_id in old.keys() - kept:
        shutil.rmtree(old[upload_id], ignore_errors=True)
    return len(old.keys() - kept)
