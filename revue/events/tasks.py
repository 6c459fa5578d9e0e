"""Upkeep of the event log, and what follows from it."""

from django.conf import settings

from revue.events import actions
from revue.platform import jobs


@jobs.every("17 * * * *")
@jobs.job(queue="fast")
def keep_event_log() -> None:
    """Make the coming days' partitions, drop days past `REVUE_EVENTS_KEEP_DAYS`, forget old keys and sightings."""
    actions.keep_log(keep_days=settings.EVENTS_KEEP_DAYS)


@jobs.every("*/20 * * * *")
@jobs.job(queue="fast", retries=0)
def spend_on_watched() -> None:
    """Have more renditions made of what is watched a lot."""
    actions.spend_on_watched()
