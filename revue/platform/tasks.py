"""Platform's own housekeeping."""

from revue.platform import jobs, limits


@jobs.every("7 * * * *")
@jobs.job(queue="fast")
def forget_old_limits() -> None:
    """Drop rate-limit rows that no longer say anything."""
    limits.forget_old()
