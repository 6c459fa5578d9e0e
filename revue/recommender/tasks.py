"""Jobs of the recommender: parse, call one action. Running one twice, or two at once, is harmless."""

from revue.platform import jobs
from revue.recommender import chart, controls, upkeep


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


@jobs.every("27 * * * *")
@jobs.job(queue="fast")
def forget_old_charts() -> None:
    """Remove the orders that nobody's page can be of any more."""
    chart.forget_old()
