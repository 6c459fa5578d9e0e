"""What waits for a person under whose videos it was written, and why."""

from typing import Final

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.platform import paging
from revue.social.contracts import HeldComment, HeldPage, Rules
from revue.social.models import Comment, CommentRules
from revue.social.queries.boundaries import not_apart
from revue.social.queries.comments import views_of
from revue.videos import queries as videos
from revue.videos.contracts import VideoState

MOST_TOLD: Final = 999
_KIND: Final = "social.held_comments"


def held_comments(*, viewer: Viewer, cursor: str = "", limit: int = 20) -> HeldPage:
    """Comments under the viewer's videos that wait for them, newest first; none of people apart by a block.

    Raises:
        SignInNeeded: the viewer is a visitor.
        BadCursor: the cursor is not ours.
    """
    person_id = person_id_of(viewer)
    waiting = Comment.objects.exclude(held_for="").filter(
        not_apart(person_id, "author_id"),
        video__author_id=person_id,
        video__state=VideoState.PUBLISHED.value,
        author__is_active=True,
    )
    rows = waiting.filter(pk__lt=paging.read(_KIND, cursor)["id"]) if cursor else waiting
    found = list(rows.order_by("-pk")[: limit + 1])
    more = paging.sign(_KIND, {"id": found[limit - 1].pk}) if len(found) > limit else None
    views = views_of(found[:limit], viewer, person_id)
    cards = videos.cards(viewer=viewer, video_ids={view.video_id for view in views})
    items = tuple(HeldComment(view, cards[view.video_id]) for view in views if view.video_id in cards)
    return HeldPage(items, more, waiting[:MOST_TOLD].count())


def comment_rules(*, viewer: Viewer) -> Rules:
    """Which comments under the viewer's videos wait.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    return comment_rules_of(person_id=person_id_of(viewer))


def comment_rules_of(*, person_id: int) -> Rules:
    """Which comments under a person's videos wait, whoever asks."""
    row = CommentRules.objects.filter(pk=person_id).first()
    return Rules(row.approves_first, tuple(row.words)) if row else Rules()
