"""Whom captions and comments concern."""

from revue.accounts import queries as accounts
from revue.social import hooks, policy
from revue.social.models import Comment
from revue.social.queries.boundaries import is_apart
from revue.videos import queries as videos


def tell_named(*, video_id: int) -> None:
    """Say whom a published video's caption names; again does no harm. Inside the transaction that changed it."""
    news = videos.news(video_id=video_id)
    if news is None or not news.mentions:
        return
    named = accounts.person_ids(news.mentions)
    hooks.mentioned(actor_id=news.author_id, person_ids=named.values(), video_id=video_id)


def tell_concerned(comment: Comment, *, creator_id: int) -> None:
    """Say to apps above whom a comment concerns that others see from now on: whom it answers, names, and speaks to."""
    if comment.author_id is None:
        return
    tell_named_in(comment)
    answered = {one.author_id for one in (comment.answers, comment.thread) if one and one.author_id}
    for person_id in sorted(answered):
        hooks.replied(person_id=person_id, **_about(comment, comment.author_id))
    hooks.commented(author_id=creator_id, **_about(comment, comment.author_id))


def tell_named_in(comment: Comment) -> None:
    """Say whom a comment names; again does no harm. Those apart from its author hear nothing of it."""
    if comment.author_id is None:
        return
    named = set(accounts.person_ids(policy.mentions_in(comment.text)).values())
    named -= is_apart(comment.author_id, named)
    hooks.mentioned(person_ids=named, **_about(comment, comment.author_id))


def _about(comment: Comment, actor_id: int) -> dict[str, int]:
    return {"actor_id": actor_id, "video_id": comment.video_id, "comment_id": comment.pk}
