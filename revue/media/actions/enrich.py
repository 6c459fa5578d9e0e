"""Renditions that a clip gets because it is watched: asked for from above, made when nobody waits for anything else.

What is wanted stands in rows, one for each rendition of each clip. A run makes one of them, under the clip's own lease;
what was refused or failed stays so and is not tried for ever.
"""

import contextlib
import dataclasses
import datetime
import logging
import pathlib
import shutil
from collections.abc import Iterator, Mapping
from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet

from revue.media import enrich, queries, tasks
from revue.media.actions import transcode
from revue.media.actions.clips import hold_clip
from revue.media.actions.run import (
    LEASE,
    GaveWay,
    LeaseLost,
    Run,
    bring,
    held,
    in_our_words,
    read_through,
    store,
    work_folder,
)
from revue.media.contracts import ClipState, WishState
from revue.media.ffmpeg import encode, errors, finder, plan, probe
from revue.media.ffmpeg.more import encode_more
from revue.media.ffmpeg.vmaf import vmaf
from revue.media.models import Clip, RenditionFile, Wish
from revue.platform import clock, ids, jobs, storage

_log = logging.getLogger(__name__)
SPARE_BYTES: Final = 1_000_000_000  # of the disk, that are left to what people wait for
_MOST_NUDGED: Final = 20  # one at a time is made, so the queue need not hold them all


def want(*, plays: Mapping[int, int]) -> int:
    """Note what clips are to have for being played so often; returns how many wishes are new. Again is the same.

    Args:
        plays: clip → how often it was played.
    """
    has_av1 = can_make_av1()
    known = set(Wish.objects.filter(clip__in=plays).values_list("clip_id", "name"))
    clips = Clip.objects.filter(pk__in=plays, state=ClipState.READY.value, photo_count=0).prefetch_related(
        "rendition_files"
    )
    count = 0
    for clip in clips:
        names = enrich.wishes(
            plays=plays[clip.id],
            width=clip.width,
            height=clip.height,
            duration_ms=clip.duration_ms,
            ladder=[file.name for file in clip.rendition_files.all() if file.in_ladder],
            has_av1=has_av1,
        )
        count += _note(clip.id, [name for name in names if (clip.id, name) not in known])
    return count


def _note(clip_id: int, names: list[str]) -> int:
    with transaction.atomic():
        if not names or not hold_clip(clip_id=clip_id):
            return 0
        Wish.objects.bulk_create([Wish(clip_id=clip_id, name=name) for name in names], ignore_conflicts=True)
        _nudge(clip_id)
    return len(names)


def can_make_av1() -> bool:
    """Whether this machine's ffmpeg encodes AV1 and can tell whether what came out is good."""
    try:
        ffmpeg = queries.ffmpeg()
    except finder.NoFfmpeg:
        return False
    return ffmpeg.has_av1 and ffmpeg.has_vmaf


def repair() -> int:
    """Ask for a worker for clips with open wishes that are in nobody's hands; returns for how many."""
    now = clock.now()
    is_free = Q(clip__lease_until__isnull=True) | Q(clip__lease_until__lt=now)
    open_ = _due(now).filter(is_free, clip__state=ClipState.READY.value).order_by("pk")
    clip_ids = dict.fromkeys(open_.values_list("clip_id", flat=True)[:_MOST_NUDGED])
    for clip_id in clip_ids:
        _nudge(clip_id)
    return len(clip_ids)


def _nudge(clip_id: int) -> None:
    tasks.enrich.enqueue(clip_id=clip_id, once=f"enrich:{clip_id}", behind=jobs.MOST_BEHIND)


def _due(now: datetime.datetime) -> "QuerySet[Wish]":
    """Wishes that may be tried now."""
    found = Wish.objects.filter(Q(retry_at__isnull=True) | Q(retry_at__lte=now), state=WishState.WANTED.value)
    for end in enrich.switched_off():
        found = found.exclude(name__endswith=end)
    return found


def make_wished(*, clip_id: int) -> None:
    """Make the next rendition that is wanted of a clip. Twice, or two at once, is harmless."""
    claimed = _claim(clip_id)
    if claimed is None:
        return
    run, wish = claimed
    try:
        with in_our_words():
            run.folder.mkdir(parents=True)
            _make(run, wish)
    except GaveWay:
        Wish.objects.filter(pk=wish.pk).update(attempts=F("attempts") - 1)
    except LeaseLost:
        _log.info("Clip %s is gone or another run has it; this one stops.", ids.to_short(clip_id))
    except errors.MediaError as error:
        _end_badly(run, wish, error)
    finally:
        shutil.rmtree(run.folder, ignore_errors=True)  # what cannot be removed now, the sweep removes


@transaction.atomic
def _claim(clip_id: int) -> tuple[Run, Wish] | None:
    """Take the clip for its next wish, unless it has none, is gone, or somebody has it."""
    clip = Clip.objects.select_for_update().filter(pk=clip_id, state=ClipState.READY.value).first()
    now = clock.now()
    if clip is None or (clip.lease_until is not None and clip.lease_until > now):
        return None
    for wish in _due(now).filter(clip=clip).order_by("pk"):
        if wish.attempts >= enrich.MOST_ATTEMPTS:
            _settle(wish, WishState.FAILED, "Its runs were stopped again and again.")
            continue
        wish.attempts += 1
        wish.save(update_fields=["attempts"])
        clip.lease_id, clip.lease_until = ids.new_id(), now + LEASE
        clip.save(update_fields=["lease_id", "lease_until"])
        return Run(clip_id, clip.lease_id, work_folder(clip.lease_id), told=100, gives_way=True), wish
    return None


def _make(run: Run, wish: Wish) -> None:
    clip = Clip.objects.get(pk=run.clip_id)
    ladder = {file.name: file for file in RenditionFile.objects.filter(clip=clip, in_ladder=True).order_by("height")}
    found = _rung(clip, wish.name, ladder)
    if found is None:
        return _end(run, wish, WishState.REFUSED, "The clip has no such size.")
    rung, twin = found
    if rung.codec is plan.Codec.AV1 and not can_make_av1():
        return _end(run, wish, WishState.REFUSED, "This ffmpeg has no libsvtav1 or no libvmaf.")
    if shutil.disk_usage(run.folder).free < SPARE_BYTES:
        raise errors.DiskFull
    work = _work(run, clip)
    beside = _fetched(run, twin)
    if rung.codec is plan.Codec.AV1:
        return _make_av1(run, wish, work, rung, beside)
    return _keep(run, wish, encode_more(work, rung, beside, lambda _: run.beat(99)), "")


def _make_av1(run: Run, wish: Wish, work: encode.Work, rung: plan.Rung, h264: pathlib.Path) -> None:
    """The first that is worth its place, or none."""
    reason = ""
    for crf in plan.AV1_CRFS:
        made = encode_more(work, dataclasses.replace(rung, crf=crf), h264, lambda _: run.beat(99))
        is_kept, figures = _judged(run, work, made, h264)
        reason = f"CRF {crf}: {figures}"
        if is_kept:
            return _keep(run, wish, made, reason)
    return _end(run, wish, WishState.REFUSED, reason)


def _rung(clip: Clip, name: str, ladder: dict[str, RenditionFile]) -> tuple[plan.Rung, RenditionFile] | None:
    """What to make for a wish, and the rendition of the ladder whose sound it gets and with which it is compared."""
    twin = next((file for file in ladder.values() if plan.av1_name(file.name) == name), None)
    if twin is not None:
        return plan.av1(twin.name, twin.width, twin.height), twin
    full_hd = plan.full_hd(clip.width, clip.height)
    if full_hd is not None and full_hd.name == name and ladder:
        return full_hd, [*ladder.values()][-1]
    return None


def _work(run: Run, clip: Clip) -> encode.Work:
    ffmpeg, limits = queries.ffmpeg(), transcode.media_limits()
    source = bring(run, key=clip.original_key, upload_id=None)
    about = read_through(run, clip.found, lambda: probe.probe(ffmpeg, source, run.folder, limits))
    return encode.Work(ffmpeg, source, run.folder, about, enrich.PRESET, limits)


def _fetched(run: Run, file: RenditionFile) -> pathlib.Path:
    try:
        return storage.fetch(file.key, tick=lambda: run.beat(99))
    except FileNotFoundError as error:
        raise errors.EncoderFailed(f"{file.key} is missing") from error


def _judged(run: Run, work: encode.Work, made: encode.Made, h264: pathlib.Path) -> tuple[bool, str]:
    """Whether a file in AV1 is worth its place, and the figures."""
    av1_bytes, h264_bytes = made.path.stat().st_size, h264.stat().st_size
    share = f"{av1_bytes} bytes against {h264_bytes}"
    if not enrich.is_worth_it(av1_bytes=av1_bytes, h264_bytes=h264_bytes, av1_vmaf=100, h264_vmaf=0):
        return False, share  # whatever it looks like
    scores = [vmaf(work, made.rung, path, lambda: run.beat(99)) for path in (made.path, h264)]
    is_kept = enrich.is_worth_it(av1_bytes=av1_bytes, h264_bytes=h264_bytes, av1_vmaf=scores[0], h264_vmaf=scores[1])
    return is_kept, f"{share}, VMAF {scores[0]:.1f} against {scores[1]:.1f}"


def _keep(run: Run, wish: Wish, made: encode.Made, reason: str) -> None:
    """Move a rendition in, tell of it, and go on with the next wish behind everybody else."""
    storage.send_ahead([made.path], tick=lambda: run.beat(99))
    with _ending(run, wish, WishState.MADE, reason) as clip:
        store(clip, made, in_ladder=False)


def _end(run: Run, wish: Wish, state: WishState, reason: str) -> None:
    with _ending(run, wish, state, reason):
        pass


@contextlib.contextmanager
def _ending(run: Run, wish: Wish, state: WishState, reason: str) -> Iterator[Clip]:
    with held(run) as clip:
        yield clip
        _let_go(clip)
        _settle(wish, state, reason)
        if _due(clock.now()).filter(clip=clip).exists():
            _nudge(clip.id)


def _let_go(clip: Clip) -> None:
    clip.lease_id = clip.lease_until = None
    clip.save(update_fields=["lease_id", "lease_until"])


def _settle(wish: Wish, state: WishState, reason: str) -> None:
    wish.state, wish.reason, wish.changed_at = state.value, reason[:200], clock.now()
    wish.save(update_fields=["state", "reason", "changed_at"])
    level = logging.WARNING if state is WishState.FAILED else logging.INFO
    _log.log(level, "Clip %s, %s: %s. %s", ids.to_short(wish.clip_id), wish.name, state.value, reason)


def _end_badly(run: Run, wish: Wish, error: errors.MediaError) -> None:
    """Give up, or leave it to another run a good while later where that may help."""
    _log.warning("Clip %s, %s: %s %s", ids.to_short(run.clip_id), wish.name, error.code, error.detail)
    with contextlib.suppress(LeaseLost), held(run) as clip:
        _let_go(clip)
        wish.failures += 1
        wish.retry_at = clock.now() + datetime.timedelta(seconds=enrich.PAUSE_SECONDS * wish.failures)
        wish.save(update_fields=["failures", "retry_at"])
        if wish.failures >= min(error.tries, enrich.MOST_ATTEMPTS):
            _settle(wish, WishState.FAILED, f"{error.code}: {error.reason}")
