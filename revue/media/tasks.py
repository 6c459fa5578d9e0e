"""Jobs of media: parse, call one action. Running one twice, or two at once, is harmless."""

from revue.media import inbox, policy
from revue.media.contracts import ClipState
from revue.platform import jobs, storage

MOST_TIDIED = 1000


@jobs.job(queue="media", retries=1, priority=jobs.MOST_BEHIND + 1)
def transcode(*, clip_id: int) -> None:
    """Make one clip play, before any clip gets the rest of its renditions. `repair_clips` takes up killed runs."""
    from revue.media import actions  # noqa: PLC0415 - actions enqueue our jobs

    actions.transcode_clip(clip_id=clip_id, until=ClipState.PLAYABLE)


@jobs.job(queue="early", retries=0)
def make_early(*, upload_id: int) -> None:
    """Make the pictures of one upload while it arrives, and let its clip play at once where it was posted already."""
    from revue.media import actions  # noqa: PLC0415 - actions enqueue our jobs
    from revue.media.actions import early  # noqa: PLC0415

    early.make_early(upload_id=upload_id)
    clip_id = early.clip_in_waiting(upload_id=upload_id)
    if clip_id is not None:
        actions.transcode_clip(clip_id=clip_id, until=ClipState.PLAYABLE)


@jobs.job(queue="media", retries=1)
def finish(*, clip_id: int) -> None:
    """Bring one clip as far as it goes, usually from the first rendition on."""
    from revue.media import actions  # noqa: PLC0415 - actions enqueue our jobs

    actions.transcode_clip(clip_id=clip_id)


@jobs.job(queue="media", retries=1)
def look(*, clip_id: int) -> None:
    """Keep what one clip looks like, after everything that people wait for."""
    from revue.media.actions import likeness  # noqa: PLC0415 - actions enqueue our jobs; numpy is for workers only

    likeness.look(clip_id=clip_id)


@jobs.job(queue="media", retries=1)
def make_hls(*, clip_id: int) -> None:
    """Offer one long clip as HLS too, after everything that people wait for."""
    from revue.media.actions import hls  # noqa: PLC0415 - actions enqueue our jobs

    hls.make_hls(clip_id=clip_id)


@jobs.job(queue="media", retries=1, priority=-(jobs.MOST_BEHIND + 1))
def enrich(*, clip_id: int) -> None:
    """Make one more rendition of a clip that is watched, when nothing else is to be done."""
    from revue.media.actions import enrich as wishes  # noqa: PLC0415 - actions enqueue our jobs

    wishes.make_wished(clip_id=clip_id)


@jobs.job(queue="media", retries=1, priority=-2 * (jobs.MOST_BEHIND + 1))
def remake(*, clip_id: int) -> None:
    """Make a clip anew that an older one stands in for, behind everything else."""
    from revue.media import actions  # noqa: PLC0415 - actions enqueue our jobs

    actions.transcode_clip(clip_id=clip_id)


@jobs.job(queue="media", retries=3, priority=jobs.MOST_BEHIND + 1)
def make_poster(*, clip_id: int) -> None:
    """Make the poster that a clip's author chose."""
    from revue.media import actions  # noqa: PLC0415 - actions enqueue our jobs

    actions.make_poster(clip_id=clip_id)


@jobs.job(queue="fast", retries=8)
def delete_clip(*, clip_id: int) -> None:
    """Delete a clip that another has replaced."""
    from revue.media import actions  # noqa: PLC0415 - actions enqueue our jobs

    actions.delete_clip(clip_id=clip_id)


@jobs.job(queue="fast", retries=8)
def delete_poster(*, clip_id: int, key: str) -> None:
    """Remove a poster that another has replaced."""
    from revue.media import actions  # noqa: PLC0415 - actions enqueue our jobs

    actions.delete_poster(clip_id=clip_id, key=key)


@jobs.job(queue="fast", retries=8)
def delete_files(*, clip_id: int, upload_id: int) -> None:
    """Remove the files of a deleted clip and of its upload; 0 stands for none."""
    if clip_id:
        storage.delete_tree(policy.clip_key(clip_id, "x").rpartition("/")[0])
        storage.delete_tree(policy.original_key(clip_id).rpartition("/")[0])
    if upload_id:
        inbox.forget(upload_id)


@jobs.job(queue="fast", retries=8)
def drop_parts(*, upload_id: int, name: str) -> None:
    """Have the bucket forget an upload that a browser sent there."""
    storage.drop_parts(policy.arriving_key(upload_id), name)


@jobs.every("* * * * * */10")
@jobs.job(queue="fast", retries=0)
def repair_clips() -> None:
    """Ask anew for workers where a run was killed or a nudge was lost."""
    from revue.media import actions  # noqa: PLC0415 - actions enqueue our jobs
    from revue.media.actions import enrich as wishes  # noqa: PLC0415 - actions enqueue our jobs

    actions.repair_clips()
    wishes.repair()


@jobs.every("*/10 * * * *")
@jobs.job(queue="fast", retries=0)
def weigh() -> None:
    """Count what lies beside the renditions of clips that are ready."""
    from revue.media.actions.weigh import weigh_clips  # noqa: PLC0415 - actions enqueue our jobs

    weigh_clips()


@jobs.every("23 * * * *")
@jobs.job(queue="fast", retries=0)
def tidy() -> None:
    """Forget uploads nobody goes on with, and files that no row names; do for clips what lost jobs left undone."""
    from revue.media import actions  # noqa: PLC0415 - actions enqueue our jobs
    from revue.media.actions import hls, likeness  # noqa: PLC0415 - numpy, for workers only

    actions.forget_old_uploads()
    actions.remove_leftovers()
    storage.tidy()
    for clip_id in likeness.overlooked():
        look.enqueue(clip_id=clip_id, once=f"look:{clip_id}", behind=jobs.MOST_BEHIND)
    for clip_id in hls.wanted().values_list("pk", flat=True)[:MOST_TIDIED]:
        make_hls.enqueue(clip_id=clip_id, once=f"hls:{clip_id}", behind=jobs.MOST_BEHIND)
