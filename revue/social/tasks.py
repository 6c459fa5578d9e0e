"""Upkeep of the social counters."""

from revue.platform import jobs
from revue.social import actions


@jobs.every("41 3 * * *")
@jobs.job(queue="fast")
def recount_social() -> None:
    """Once a night, set the counters of what people do with videos to what the rows say."""
    actions.recount()
