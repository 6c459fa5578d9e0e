"""Jobs of the recommender: parse, call one action. Running one twice, or two at once, is harmless."""

from revue.platform import jobs
from revue.recommender import chart, controls, parameters, upkeep, watches


@jobs.job(queue="media", retries=3, priority=1)
def make_vector(*, video_id: int) -> None:
    """Say where one video lies among all others: before the rest of anybody's renditions, after everyone's first."""
    from revue.recommender import describe  # noqa: PLC0415 - it enqueues our jobs

    describe.describe_video(video_id=video_id)


@jobs.every("*/10 * * * *")
@jobs.job(queue="fast", retries=0)
def repair_vectors() -> None:
    """Ask for the vectors that are missing, or that were made before an edit or an upgrade."""
    from revue.recommender import describe  # noqa: PLC0415 - it enqueues our jobs

    describe.repair()


@jobs.every("*/10 * * * *")
@jobs.job(queue="fast", retries=0)
def look_at_topics() -> None:
    """Look at videos whose words were not looked at yet, or not since an edit or a change of the topics."""
    upkeep.repair()


@jobs.every("41 4 * * *")
@jobs.job(queue="fast")
def forget_visitors() -> None:
    """Remove the controls of visitors who have not been here for long."""
    controls.forget_visitors()


@jobs.every("17 4 * * *")
@jobs.job(queue="fast")
def forget_old_watches() -> None:
    """Remove what nobody's feed learns from any more."""
    watches.forget_old()


@jobs.every("23 4 * * *")
@jobs.job(queue="fast")
def forget_old_weights() -> None:
    """Remove the model of a trainer that has been away for long, with the ids that it holds."""
    parameters.forget_old()


@jobs.every("27 * * * *")
@jobs.job(queue="fast")
def forget_old_charts() -> None:
    """Remove the orders that nobody's page can be of any more."""
    chart.forget_old()
