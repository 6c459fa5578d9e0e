"""Whom captions name."""

from revue.accounts import queries as accounts
from revue.social import hooks
from revue.videos import queries as videos


def tell_named(*, video_id: int) -> None:
    """Say whom a published video's caption names; again does no harm. Inside the transaction that changed it."""
    news = videos.news(video_id=video_id)
    if news is None or not news.mentions:
        return
    named = accounts.person_ids(news.mentions)
    hooks.mentioned(actor_id=news.author_id, person_ids=named.values(), video_id=video_id)
