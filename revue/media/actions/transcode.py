"""One run over one clip: as far as it goes, and always from where the row says it stands.

A run holds a lease on the row. Whatever it writes, it writes only while the lease is its own, so that a run that
was thought dead, or whose clip was deleted, ends without a trace.
"""

import contextlib
import dataclasses
import datetime
import errno
import logging
import os
import pathlib
import shutil
import time
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction

from revue.media import inbox, policy, tasks
from revue.media.actions.clips import tell
from revue.media.contracts import ClipState
from revue.media.ffmpeg import encode, errors, finder, plan, probe
from revue.media.models import Clip, RenditionFile
from revue.media.pictures import placeholder
from revue.platform import clock, ids, storage

_log = logging.getLogger(__name__)
LEASE = datetime.timedelta(seconds=20)
BEAT_SECONDS = 1.0  # a lease is renewed, and progress told, about so often
FIRST_SHARE = 40  # percent of the bar that the first rendition fills
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
_DONE = (ClipState.READY.value, ClipState.FAILED.value)


class LeaseLost(Exception):
    """The clip is gone, or another run has it."""


@dataclasses.dataclass
class Run:
    """One run's hold on a clip."""

    clip_id: int
    lease_id: int
    folder: pathlib.Path
    told: int = 0  # percent
    beaten_at: float = 0.0  # by time.monotonic

    def beat(self, percent: int) -> None:
        """Renew the lease and tell how far we are; cheap to call often.

        Raises:
            LeaseLost: stop now.
        """
        if time.monotonic() - self.beaten_at < BEAT_SECONDS:
            return
        self.beaten_at = time.monotonic()
        with _held(self) as clip:
            clip.lease_until = clock.now() + LEASE
            clip.progress = max(clip.progress, min(percent, 99))
            clip.save(update_fields=["lease_until", "progress"])
            if clip.progress != self.told:
                self.told = clip.progress
                tell(clip)


def transcode_clip(*, clip_id: int, until: ClipState = ClipState.READY) -> None:
    """Bring a clip from where it stands to `ready` or `failed`. Twice, or two at once, is harmless.

    Args:
        clip_id: which.
        until: `playable` stops there and leaves the rest to a job that comes after the first renditions of others.
    """
    run = _claim(clip_id, until)
    if run is None:
        return
    try:
        run.folder.mkdir(parents=True)
        _make(run, until)
    except LeaseLost:
        _log.info("Clip %s is gone or another run has it; this one stops.", ids.to_short(clip_id))
    except errors.MediaError as error:
        _end_badly(run, error)
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        _log.error("Clip %s cannot be written: %s", ids.to_short(clip_id), error.strerror)
        _end_badly(run, errors.DiskFull())
    finally:
        shutil.rmtree(run.folder, ignore_errors=True)  # what cannot be removed now, the sweep removes


@transaction.atomic
def _claim(clip_id: int, until: ClipState) -> Run | None:
    """Take the clip, unless it is done as far as wanted, gone, or somebody has it."""
    clip = Clip.objects.select_for_update().filter(pk=clip_id).first()
    now = clock.now()
    if clip is None or clip.state in (*_DONE, until) or (clip.lease_until is not None and clip.lease_until > now):
        return None
    if clip.attempts >= policy.MOST_ATTEMPTS:
        _close(clip, errors.EncoderFailed())
        return None
    clip.attempts += 1
    clip.lease_id, clip.lease_until = ids.new_id(), now + LEASE
    clip.changed_at = now
    if clip.state == ClipState.PENDING.value:
        clip.state = ClipState.WORKING.value
    clip.save(update_fields=["attempts", "lease_id", "lease_until", "state", "changed_at"])
    return Run(clip_id, clip.lease_id, work_folder(clip.lease_id), told=clip.progress)


def work_folder(lease_id: int) -> pathlib.Path:
    """The folder of one run."""
    return storage.scratch() / f"clip-{lease_id}"


@contextlib.contextmanager
def _held(run: Run) -> Iterator[Clip]:
    """The clip's row, locked, while the lease is ours.

    Raises:
        LeaseLost: it is not.
    """
    with transaction.atomic():
        clip = Clip.objects.select_for_update().filter(pk=run.clip_id, lease_id=run.lease_id).first()
        if clip is None:
            raise LeaseLost
        yield clip


def _make(run: Run, until: ClipState) -> None:
    """First what plays soonest, then the rest."""
    ffmpeg = finder.find_ffmpeg()
    source = _source(run)
    work = encode.Work(
        ffmpeg=ffmpeg,
        source=source,
        scratch=run.folder,
        about=probe.probe(ffmpeg, source, run.folder, max_seconds=settings.MAX_VIDEO_SECONDS),
        preset=plan.preset(os.cpu_count() or 1),
        max_seconds=settings.MAX_VIDEO_SECONDS,
    )
    rungs = plan.rungs(work.about.width, work.about.height)
    there = set(RenditionFile.objects.filter(clip_id=run.clip_id).values_list("name", flat=True))
    if there and not Clip.objects.filter(pk=run.clip_id, has_audio=True).exists():
        work = _silent(work)  # what the first rendition had to leave out, the others leave out too
    if not there:
        first = plan.first(rungs)
        work = _play(run, work, first)
        there.add(first.name)
    rest = [rung for rung in rungs if rung.name not in there]
    if rest and until is ClipState.PLAYABLE:
        return _hand_on(run)
    if rest:
        _keep(run, encode.encode(work, rest, pictures=False, on_progress=_bar(run, work, FIRST_SHARE, 99)))
    return _finish(run)


def _source(run: Run) -> pathlib.Path:
    """The original's place; the upload's bytes are brought there first.

    Raises:
        OriginalLost: the bytes are nowhere.
    """
    with _held(run) as clip:
        original, upload_id = storage.local_path(clip.original_key), clip.upload_id
        if upload_id is not None and not original.exists() and inbox.path(upload_id).exists():
            second = run.folder / "source"
            second.hardlink_to(inbox.path(upload_id))  # the bytes keep a name whenever we are killed
            storage.put(clip.original_key, second)
        if upload_id is not None and original.exists():
            inbox.remove(upload_id)
    if not original.exists():
        raise errors.OriginalLost
    return original


def _play(run: Run, work: encode.Work, first: plan.Rung) -> encode.Work:
    """Make the first rendition and the pictures; answers the work with what it taught us about the source."""
    bar = _bar(run, work, 2, FIRST_SHARE)
    try:
        made = encode.encode(work, [first], pictures=True, on_progress=bar)
    except (errors.Damaged, errors.EncoderFailed):
        if work.about.sound is None:
            raise
        _log.info("Clip %s: once more without its sound.", ids.to_short(run.clip_id))
        work = _silent(work)
        made = encode.encode(work, [first], pictures=True, on_progress=bar)
    _show(run, work, made[0])
    return work


def _silent(work: encode.Work) -> encode.Work:
    return dataclasses.replace(work, about=dataclasses.replace(work.about, sound=None))


def _bar(run: Run, work: encode.Work, begin: int, end: int) -> "encode.OnProgress":
    """Milliseconds encoded → percent of the whole job."""
    whole = max(1, work.about.duration_ms or settings.MAX_VIDEO_SECONDS * 1000)
    return lambda done: run.beat(begin + (end - begin) * min(done, whole) // whole)


def _show(run: Run, work: encode.Work, made: encode.Made) -> None:
    """Put the first rendition, posters and placeholder in their places; from now on the clip plays."""
    with _held(run) as clip:
        _store(clip, made)
        for name in (policy.SMALL_POSTER, policy.POSTER):
            picture = run.folder / name
            if picture.exists() and picture.stat().st_size:
                storage.put(policy.clip_key(clip.id, name), picture)
                clip.poster_key = policy.clip_key(clip.id, name)
        clip.thumbhash = placeholder(run.folder / encode.THUMB_FILE, *encode.thumb_size(work.about))
        clip.width, clip.height = work.about.width, work.about.height
        clip.duration_ms, clip.has_audio = made.duration_ms, made.has_audio
        clip.state, clip.progress = ClipState.PLAYABLE.value, max(clip.progress, FIRST_SHARE)
        clip.lease_until = clock.now() + LEASE
        clip.save()
        tell(clip)


def _hand_on(run: Run) -> None:
    """Leave the rest to another job, which has its own tries; should it be lost, the sweep finds the clip."""
    with _held(run) as clip:
        clip.lease_id = clip.lease_until = None
        clip.attempts = 0
        clip.save(update_fields=["lease_id", "lease_until", "attempts"])
        mine = Clip.objects.filter(owner_id=clip.owner_id, state=ClipState.PLAYABLE.value).exclude(pk=clip.pk)
        tasks.finish.enqueue(clip_id=clip.id, once=f"clip:{clip.id}", behind=mine.count())


def _keep(run: Run, made: list[encode.Made]) -> None:
    with _held(run) as clip:
        for one in made:
            _store(clip, one)


def _store(clip: Clip, made: encode.Made) -> None:
    """Move a rendition in and write its row; both may be there from a run that was killed in between."""
    key = policy.clip_key(clip.id, f"{made.rung.name}.mp4")
    size = made.path.stat().st_size
    storage.put(key, made.path)
    RenditionFile.objects.update_or_create(
        clip=clip,
        name=made.rung.name,
        defaults={
            "key": key,
            "width": made.rung.width,
            "height": made.rung.height,
            "bitrate": size * 8000 // max(1, made.duration_ms),
            "bytes": size,
        },
    )


def _finish(run: Run) -> None:
    with _held(run) as clip:
        clip.state, clip.progress = ClipState.READY.value, 100
        clip.lease_id = clip.lease_until = None
        clip.changed_at = clock.now()
        clip.save(update_fields=["state", "progress", "lease_id", "lease_until", "changed_at"])
        tell(clip)


def _end_badly(run: Run, error: errors.MediaError) -> None:
    """Fail the clip, or leave it to another run a little later where that may help."""
    _log.warning("Clip %s: %s %s", ids.to_short(run.clip_id), error.code, error.detail)
    with contextlib.suppress(LeaseLost), _held(run) as clip:
        if clip.attempts < error.tries:
            clip.lease_id, clip.lease_until = None, clock.now() + datetime.timedelta(seconds=10 * clip.attempts)
            clip.save(update_fields=["lease_id", "lease_until"])
        else:
            _close(clip, error)


def _close(clip: Clip, error: errors.MediaError) -> None:
    """The end of the tries: what plays stays as it is, what does not has failed."""
    plays = clip.state == ClipState.PLAYABLE.value
    clip.state = ClipState.READY.value if plays else ClipState.FAILED.value
    clip.progress = 100 if plays else 0
    if not plays:
        clip.failure_code, clip.failure_reason = error.code, error.reason
    clip.lease_id = clip.lease_until = None
    clip.changed_at = clock.now()
    clip.save()
    tell(clip)
