"""Jobs of videos: parse, call one action. Running one twice, or two at once, is harmless."""

from revue.platform import jobs


@jobs.job(queue="fast", retries=8)
def remake_sound(*, video_id: int) -> None:
    """Make a video sound as it should, after its sound was muted or let go."""
    from revue.videos import actions  # noqa: PLC0415 - actions enqueue our jobs

    actions.remake_sound(video_id=video_id)


@jobs.every("*/5 * * * *")
@jobs.job(queue="fast", retries=0)
def rank_sounds() -> None:
    """See which sounds trend."""
    from revue.videos import soundtracks  # noqa: PLC0415 - actions, which use these too, enqueue our jobs

    soundtracks.rank()


@jobs.every("1-59/5 * * * *")
@jobs.job(queue="fast", retries=0)
def count_tags() -> None:
    """See which tags there are, and how many videos each has."""
    from revue.videos import tags  # noqa: PLC0415 - as above

    tags.count()


@jobs.every("2-59/5 * * * *")
@jobs.job(queue="fast", retries=0)
def rank_tags() -> None:
    """See which tags trend."""
    from revue.videos import trends  # noqa: PLC0415 - as above

    trends.rank()


@jobs.every("* * * * * */20")
@jobs.job(queue="fast", retries=0)
def begin_remakes() -> None:
    """Go on with making clips anew, where an operator asked for it."""
    from revue.videos import upkeep  # noqa: PLC0415 - actions enqueue our jobs

    upkeep.begin_remakes()


@jobs.every("* * * * * */20")
@jobs.job(queue="fast", retries=0)
def publish_due() -> None:
    """Have go out whose time has come."""
    from revue.videos import actions  # noqa: PLC0415 - actions enqueue our jobs

    actions.publish_due()


@jobs.every("7 * * * *")
@jobs.job(queue="fast", retries=0)
def empty_bins() -> None:
    """Erase what has lain in a bin for long enough."""
    from revue.videos import actions  # noqa: PLC0415 - actions enqueue our jobs

    actions.empty_bins()


@jobs.every("23 4 * * *")
@jobs.job(queue="fast", retries=0)
def forget_gone() -> None:
    """Drop what has said for long enough that a video is gone."""
    from revue.videos import actions  # noqa: PLC0415 - actions enqueue our jobs

    actions.forget_gone()
