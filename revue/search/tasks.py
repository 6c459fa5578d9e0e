"""Jobs of search: parse, call one action. Running one twice, or two at once, is harmless."""

from revue.platform import jobs


@jobs.job(queue="fast", retries=8)
def index_works(*, person_id: int) -> None:
    """Have a person's videos and sounds found by what their maker is called now."""
    from revue.search import actions  # noqa: PLC0415 - actions enqueue our jobs

    actions.index_works(person_id=person_id)


@jobs.every("3-59/10 * * * *")
@jobs.job(queue="fast", retries=0)
def repair_index() -> None:
    """Make the index what it should be."""
    from revue.search import actions  # noqa: PLC0415 - actions enqueue our jobs

    actions.repair()


@jobs.every("4-59/5 * * * *")
@jobs.job(queue="fast", retries=0)
def count_popular() -> None:
    """Count what people did with everything that is found."""
    from revue.search import actions  # noqa: PLC0415 - as above

    actions.count_popular()
