"""Jobs of sounds: parse, call one action. Running one twice, or two at once, is harmless."""

from revue.platform import jobs


@jobs.every("41 * * * *")
@jobs.job(queue="fast", retries=0)
def tidy() -> None:
    """Forget sounds whose video was deleted."""
    from revue.sounds import actions  # noqa: PLC0415 - models exist only when apps are ready

    actions.forget_gone()
