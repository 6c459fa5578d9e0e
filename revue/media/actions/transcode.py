"""One run over one clip: as far as it goes, and always from where the row says it stands.

A run holds a lease on the row. Whatever it writes, it writes only while the lease is its own, so that a run that
was thought dead, or whose clip was deleted, ends without a trace.
"""

import contextlib
import dataclasses
import datetime
import logging
import os
import shutil

from django.conf import settings
from django.db import transaction

from revue.media import hooks, policy, queries, tasks
from revue.media.actions import early, photos
from revue.media.actions.clips import show_poster, tell
from revue.media.actions.run import (
    LEASE,
    LeaseLost,
    Run,
    bring,
    held,
    in_our_words,
    note_hash,
    read_through,
    store,
    work_folder,
)
from revue.media.contracts import ClipState, SoundMade
from revue.media.ffmpeg import encode, errors, mix, plan, probe, sharp, side, stream
from revue.media.ffmpeg.photos import length_ms
from revue.media.ffmpeg.progress import OnProgress
from revue.media.ffmpeg.sniff import MOV
from revue.media.models import Clip, RenditionFile
from revue.media.pictures import placeholder
from revue.media.recognise import audio
from revue.platform import clock, ids, jobs, storage

_log = logging.getLogger(__name__)
FIRST_SHARE = 40  # percent of the bar that the first rendition fills
_DONE = (ClipState.READY.value, ClipState.FAILED.value)


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
        with in_our_words():
            run.folder.mkdir(parents=True)
            _make(run, until)
    except LeaseLost:
        _log.info("Clip %s is gone or another run has it; this one stops.", ids.to_short(clip_id))
    except errors.MediaError as error:
        _end_badly(run, error)
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
    folder = work_folder(clip.lease_id)
    return Run(clip_id, clip.lease_id, folder, told=clip.progress, gives_way=not clip.is_urgent)


def _make(run: Run, until: ClipState) -> None:
    """First what plays soonest, then the rest."""
    there = set(RenditionFile.objects.filter(clip_id=run.clip_id).values_list("name", flat=True))
    if not there and (name := _show_early(run)):
        there.add(name)
        if until is ClipState.PLAYABLE:
            return _hand_on(run)
    work = _work(run)
    rungs = plan.rungs(work.about.width, work.about.height)
    if not there:
        first = plan.first(rungs)
        _show(run, work, first)
        there.add(first.name)
    if until is ClipState.PLAYABLE:
        return _hand_on(run)
    _keep(run, work, [rung for rung in rungs if rung.name not in there])
    return _finish(run)


def _work(run: Run) -> encode.Work:
    """What there is to do, with everything that may be said about the source."""
    ffmpeg, limits, clip = queries.ffmpeg(), media_limits(), Clip.objects.get(pk=run.clip_id)
    if clip.photo_count:
        source = photos.slides(run, ffmpeg)
        limits = dataclasses.replace(limits, seconds=max(limits.seconds, length_ms(clip.photo_count) // 1000 + 1))
    else:
        source = bring(run, key=clip.original_key, upload_id=clip.upload_id)
        if not clip.original_sha256:
            note_hash(run, source)
    about = read_through(run, clip.found, lambda: probe.probe(ffmpeg, source, run.folder, limits))
    preset = plan.preset(os.cpu_count() or 1)
    return encode.Work(ffmpeg, source, run.folder, about, preset, limits, _track(run, clip), clip.own_percent)


def _track(run: Run, clip: Clip) -> mix.Track | None:
    """What is to be laid under a clip, if it is still there."""
    if clip.track_key:
        with contextlib.suppress(FileNotFoundError):
            path = storage.fetch(clip.track_key, tick=lambda: run.beat(1))
            return mix.Track(path, clip.track_start_ms, clip.track_percent, clip.track_loops)
    return None


def _show_early(run: Run) -> str:
    """Let the clip play with pictures that were made while its upload came; the rendition's name, empty without one."""
    clip = Clip.objects.get(pk=run.clip_id)
    if clip.photo_count or clip.upload_id is None:
        return ""
    source = bring(run, key=clip.original_key, upload_id=clip.upload_id)
    about = early.take(run, clip)
    if about is None:
        return ""
    preset, limits = plan.preset(os.cpu_count() or 1), media_limits()
    work = encode.Work(queries.ffmpeg(), source, run.folder, about, preset, limits, _track(run, clip), clip.own_percent)
    first = plan.early(plan.rungs(about.width, about.height))
    try:
        made = stream.join(work, first, _bar(run, work, 2, FIRST_SHARE))
    except (errors.Interrupted, errors.DiskFull):
        raise
    except errors.MediaError as error:
        _log.warning("Clip %s: made anew: %s %s", ids.to_short(run.clip_id), error.code, error.detail)
        early.forget(upload_id=clip.upload_id)
        return ""
    _publish(run, work, made)
    early.forget(upload_id=clip.upload_id)
    return first.name


def media_limits() -> probe.Limits:
    """What this instance takes."""
    return probe.Limits(settings.MAX_VIDEO_SECONDS, settings.MAX_VIDEO_PIXELS, settings.MAX_VIDEO_FPS)


def _encode(
    run: Run, work: encode.Work, rungs: list[plan.Rung], extras: encode.Extras, on_progress: OnProgress
) -> list[encode.Made]:
    """Encode; a source whose sound cannot be read is tried once more without."""
    try:
        return encode.encode(work, rungs, extras, on_progress)
    except (errors.Damaged, errors.EncoderFailed):
        if work.about.sound is None:
            raise
    _log.info("Clip %s: once more without its sound.", ids.to_short(run.clip_id))
    silent = dataclasses.replace(work, about=dataclasses.replace(work.about, sound=None))
    return encode.encode(silent, rungs, extras, on_progress)


def _bar(run: Run, work: encode.Work, begin: int, end: int) -> OnProgress:
    """Milliseconds encoded → percent of the whole job."""
    whole = max(1, work.about.duration_ms or settings.MAX_VIDEO_SECONDS * 1000)
    return lambda done: run.beat(begin + (end - begin) * min(done, whole) // whole)


def _show(run: Run, work: encode.Work, first: plan.Rung) -> None:
    """Make the first rendition, posters and placeholder; from then on the clip plays."""
    (made,) = _encode(run, work, [first], encode.Extras(has_poster=True), _bar(run, work, 2, FIRST_SHARE))
    _publish(run, work, made)


def _publish(run: Run, work: encode.Work, made: encode.Made) -> None:
    """Put the first rendition and what was made with it in their places."""
    _send_ahead(run, [made], policy.SMALL_POSTER, policy.POSTER)
    with held(run) as clip:
        store(clip, made)
        for name in (policy.SMALL_POSTER, policy.POSTER):
            if _put(run, clip, name):
                clip.poster_key = policy.clip_key(clip.id, name)
        clip.thumbhash = placeholder(run.folder / encode.THUMB_FILE, *encode.thumb_size(work.about))
        clip.width, clip.height = work.about.width, work.about.height
        clip.duration_ms, clip.has_audio = made.duration_ms, made.has_audio
        clip.is_sound_lost = _is_sound_lost(work, made)
        clip.recipe = plan.recipe(work.ffmpeg.version)
        clip.state, clip.progress = ClipState.PLAYABLE.value, max(clip.progress, FIRST_SHARE)
        clip.lease_until = clock.now() + LEASE
        clip.save()
        tell(clip)


def _is_sound_lost(work: encode.Work, made: encode.Made) -> bool:
    """Whether there was sound that should be heard and could not be read."""
    should_be_heard = mix.is_heard(work.about, work.track, work.own_percent)
    return (work.about.has_unread_sound and work.own_percent > 0) or (should_be_heard and not made.has_audio)


def _send_ahead(run: Run, made: list[encode.Made], *names: str) -> None:
    """Let what will be kept of the work folder travel before the row is locked."""
    paths = [*(one.path for one in made), *(run.folder / name for name in names)]
    there = [path for path in paths if path.exists() and path.stat().st_size]
    storage.send_ahead(there, tick=lambda: run.beat(1))


def _put(run: Run, clip: Clip, name: str) -> bool:
    """Move a file of the work folder in, if it was made; whether it was."""
    path = run.folder / name
    if not path.exists() or not path.stat().st_size:
        return False
    storage.put(policy.clip_key(clip.id, name), path)
    return True


def _hand_on(run: Run) -> None:
    """Leave the rest to another job, which has its own tries; should it be lost, the sweep finds the clip."""
    with held(run) as clip:
        clip.lease_id = clip.lease_until = None
        clip.attempts = clip.failures = 0
        clip.save(update_fields=["lease_id", "lease_until", "attempts", "failures"])
        mine = Clip.objects.filter(owner_id=clip.owner_id, state=ClipState.PLAYABLE.value).exclude(pk=clip.pk)
        tasks.finish.enqueue(clip_id=clip.id, once=f"clip:{clip.id}", behind=mine.count())


def _keep(run: Run, work: encode.Work, rest: list[plan.Rung]) -> None:
    """Make the other renditions and what goes beside them, in one decode, and put them in their places."""
    clip = Clip.objects.get(pk=run.clip_id)
    extras = encode.Extras(has_side=True, duration_ms=clip.duration_ms)
    made = _encode(run, work, rest, extras, _bar(run, work, FIRST_SHARE, 98))
    layout = side.sprite(work.about.width, work.about.height, clip.duration_ms)
    at_ms = _sharpest(run, work, layout) if clip.poster_at_ms is None else clip.poster_at_ms
    poster = policy.poster_name(at_ms) if at_ms is not None else ""
    if poster and not encode.still(_shortest_way(work, made), at_ms or 0, poster):
        poster = ""
    wanted = clip.poster_at_ms
    posters = (policy.small_poster_key(poster), poster) if poster else ()
    _send_ahead(run, made, policy.SPRITE, policy.PREVIEW, policy.MASTER, policy.SOUND, *posters)
    with held(run) as clip:
        for one in made:
            store(clip, one)
        if _put(run, clip, policy.SPRITE):
            clip.sprite_step_ms, clip.sprite_tiles = layout.step_ms, layout.tiles
        clip.has_preview = _put(run, clip, policy.PREVIEW)
        clip.has_sound_file = _put(run, clip, policy.MASTER) and _put(run, clip, policy.SOUND)
        is_wanted = poster and clip.poster_at_ms == wanted  # else its author has just chosen another: a job makes that
        if is_wanted and _put(run, clip, policy.small_poster_key(poster)) and _put(run, clip, poster):
            show_poster(clip, policy.clip_key(clip.id, poster))
        clip.save(update_fields=["sprite_step_ms", "sprite_tiles", "has_preview", "has_sound_file", "poster_key"])


def _shortest_way(work: encode.Work, made: list[encode.Made]) -> encode.Work:
    """Work that takes its pictures from the largest rendition just made: it is upright, SDR and quick to enter."""
    if not made:
        return work
    about = dataclasses.replace(work.about, demuxer=MOV, is_hdr=False)
    return dataclasses.replace(work, source=made[-1].path, about=about)


def _sound(run: Run, clip: Clip) -> SoundMade:
    """What the apps above are told of a clip's own sound."""
    wave, print_ = run.folder / side.WAVE_FILE, run.folder / side.PRINT_FILE
    samples = wave.read_bytes() if wave.exists() else b""
    return SoundMade(
        owner_id=clip.owner_id,
        length_ms=len(samples) // 2 * 1000 // side.WAVE_RATE,
        key=policy.clip_key(clip.id, policy.SOUND),
        master_key=policy.clip_key(clip.id, policy.MASTER),
        peaks=side.peaks(samples),
        fingerprint=audio.numbers(print_.read_bytes()) if print_.exists() else (),
    )


def _sharpest(run: Run, work: encode.Work, layout: side.Sprite) -> int | None:
    """The moment, in milliseconds, of the sprite's best picture; None when there are no pictures to choose from."""
    greys = run.folder / side.GREYS_FILE
    if not greys.exists():
        return None
    size = side.fitted(work.about.width, work.about.height, side.GREY_EDGE)
    with contextlib.suppress(ValueError):
        return sharp.best(greys.read_bytes(), *size) * layout.step_ms
    return None


def _finish(run: Run) -> None:
    with held(run) as clip:
        clip.state, clip.progress = ClipState.READY.value, 100
        clip.lease_id = clip.lease_until = None
        clip.changed_at = clock.now()
        clip.save(update_fields=["state", "progress", "lease_id", "lease_until", "changed_at"])
        tell(clip)
        for hear in hooks.sound_made() if clip.has_sound_file else ():
            hear(clip_id=clip.id, sound=_sound(run, clip))
        for job, name in ((tasks.make_hls, "hls"), (tasks.look, "look")):
            job.enqueue(clip_id=clip.id, once=f"{name}:{clip.id}", behind=jobs.MOST_BEHIND)


def _end_badly(run: Run, error: errors.MediaError) -> None:
    """Fail the clip, or leave it to another run a little later where that may help."""
    _log.warning("Clip %s: %s %s", ids.to_short(run.clip_id), error.code, error.detail)
    with contextlib.suppress(LeaseLost), held(run) as clip:
        clip.failures += 1
        if clip.failures < error.tries:
            pause = datetime.timedelta(seconds=error.pause_s * clip.failures)
            clip.lease_id, clip.lease_until = None, clock.now() + pause
            clip.save(update_fields=["failures", "lease_id", "lease_until"])
        else:
            _close(clip, error)


def _close(clip: Clip, error: errors.MediaError) -> None:
    """The end of the tries: what plays stays as it is, what does not has failed. So has half of a clip made anew."""
    plays = clip.state == ClipState.PLAYABLE.value and clip.is_urgent
    clip.state = ClipState.READY.value if plays else ClipState.FAILED.value
    clip.progress = 100 if plays else 0
    if not plays:
        clip.failure_code, clip.failure_reason = error.code, error.reason
    clip.lease_id = clip.lease_until = None
    clip.changed_at = clock.now()
    clip.save()
    tell(clip)
