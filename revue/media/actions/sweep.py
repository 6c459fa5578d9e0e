"""What makes good whatever was killed: clips nobody works on, and files no row names."""

import contextlib
import pathlib
import shutil
import time
from collections import Counter

from django.db.models import Q

from revue.media import inbox, policy, tasks
from revue.media.actions import early
from revue.media.contracts import ClipState
from revue.media.models import Clip, Upload
from revue.platform import clock, ids, storage

MOST_AT_ONCE = 500
YOUNG_SECONDS = 3600  # files younger than this may belong to a transaction that is just being made
_UNDONE = (*policy.NOT_PLAYABLE, ClipState.PLAYABLE.value)


def repair_clips() -> int:
    """Ask for a worker for each clip that is not done and in nobody's hands; returns how many there are."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=clock.now())
    due = (
        Clip.objects.filter(free, state__in=_UNDONE)
        .order_by("-is_urgent", "pk")
        .values_list("pk", "state", "owner_id", "is_urgent")[:MOST_AT_ONCE]
    )
    before: Counter[tuple[str, int]] = Counter()
    for clip_id, state, owner_id, is_urgent in due:
        job = (tasks.finish if state == ClipState.PLAYABLE.value else tasks.transcode) if is_urgent else tasks.remake
        job.enqueue(clip_id=clip_id, once=f"clip:{clip_id}", behind=before[job.name, owner_id])
        before[job.name, owner_id] += 1
    return len(due)


def remove_leftovers(*, older_than_s: float = YOUNG_SECONDS) -> int:
    """Remove what killed processes left: uploads, clips and work folders without a row; returns how many."""
    before = time.time() - older_than_s
    return (
        _remove_uploads(before)
        + _remove_folders("clips", before)
        + _remove_folders("originals", before)
        + _remove_arriving(before)
        + _remove_work(before)
        + early.remove_leftovers(before)
    )


def _remove_uploads(before: float) -> int:
    old = {int(path.name): path for path in _entries(inbox.folder(), before) if path.name.isdigit()}
    known = set(Upload.objects.filter(pk__in=old).values_list("pk", flat=True))
    for upload_id in old.keys() - known:
        old[upload_id].unlink(missing_ok=True)
    return len(old.keys() - known)


def _remove_arriving(before: float) -> int:
    """What browsers sent to the bucket for uploads that are gone."""
    old = {}
    for file in storage.files(policy.ARRIVING):
        with contextlib.suppress(ids.NotAnId):
            if file.changed_at < before:
                old[ids.from_short(file.key.rpartition("/")[2])] = file.key
    known = set(Upload.objects.filter(pk__in=old).values_list("pk", flat=True))
    for upload_id in old.keys() - known:
        storage.delete(old[upload_id])
    return len(old.keys() - known)


def _remove_folders(prefix: str, before: float) -> int:
    """Folders named after clips that do not exist."""
    old = {}
    for name, changed_at in storage.folders(prefix):
        with contextlib.suppress(ids.NotAnId):
            if changed_at < before:
                old[ids.from_short(name)] = name
    known = set(Clip.objects.filter(pk__in=old).values_list("pk", flat=True))
    for clip_id in old.keys() - known:
        storage.delete_tree(f"{prefix}/{old[clip_id]}")
    return len(old.keys() - known)


def _remove_work(before: float) -> int:
    """Work folders whose run has ended; a living run's lease is renewed each second."""
    old = [path for path in _entries(storage.scratch(), before) if path.is_dir() and path.name.startswith("clip-")]
    leases = {int(path.name.removeprefix("clip-")): path for path in old if path.name[5:].isdigit()}
    living = set(
        Clip.objects.filter(lease_id__in=leases, lease_until__gt=clock.now()).values_list("lease_id", flat=True)
    )
    for lease_id in leases.keys() - living:
        shutil.rmtree(leases[lease_id], ignore_errors=True)
    return len(leases.keys() - living)


def _entries(folder: pathlib.Path, before: float) -> list[pathlib.Path]:
    if not folder.is_dir():
        return []
    found = []
    for path in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                found.append(path)
    return found
