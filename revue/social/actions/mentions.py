"""Whom captions name."""

from revue.social import hooks, queries
from revue.videos import queries as videos


def tell_named(*, video_id: int) -> None:
    """Say whom a published video's caption names; again does no harm. Inside the transaction that changed it."""
    news = videos.news(video_id=video_id)
    if news is None or not news.mentions:
        return
    named = queries.mentioned(person_id=news.author_id, handles=news.mentions)
    hooks.mentioned(actor_id=news.author_id, person_ids=named, video_id=video_id)
