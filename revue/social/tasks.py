"""Upkeep of the social counters."""

from revue.platform import jobs
from revue.social import actions


@jobs.every("41 3 * * *")
@jobs.job(queue="fast")
def recount_social() -> None:
    """Once a night, set the counters of likes and comments to what the rows say."""
    actions.recount()
