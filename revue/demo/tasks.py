"""Jobs of the demo."""

from revue.platform import jobs


@jobs.job(queue="fast", retries=3)
def applaud(*, video_id: int) -> None:
    """Let the others react to a clip that has just begun to play."""
    from revue.demo import actions  # noqa: PLC0415 - keeps numpy and the painters out of every other job

    actions.applaud(video_id=video_id)
