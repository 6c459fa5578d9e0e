"""Whom captions and comments concern."""

from revue.social import hooks, policy, queries
from revue.social.models import Comment
from revue.videos import queries as videos


def tell_named(*, video_id: int) -> None:
    """Say whom a published video's caption names; again does no harm. Inside the transaction that changed it."""
    news = videos.news(video_id=video_id)
    if news is None or not news.mentions:
        return
    named = queries.mentioned(person_id=news.author_id, handles=news.mentions)
    hooks.mentioned(actor_id=news.author_id, person_ids=named, video_id=video_id)


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
    """Say whom a comment names; again does no harm. Only those hear of it who may be named by its author."""
    if comment.author_id is None:
        return
    named = queries.mentioned(person_id=comment.author_id, handles=policy.mentions_in(comment.text))
    hooks.mentioned(person_ids=named, **_about(comment, comment.author_id))


def _about(comment: Comment, actor_id: int) -> dict[str, int]:
    return {"actor_id": actor_id, "video_id": comment.video_id, "comment_id": comment.pk}
