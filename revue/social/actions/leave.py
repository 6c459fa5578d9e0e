"""What stays of a person who leaves."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce, Now

from revue.social.models import Comment, CommentLike, FormerComment


def forget_person(*, person_id: int) -> None:
    """Before an account goes: what others answered to its comments stays, below lines that name nobody.

    All other rows of the person go by cascade, and the counters follow at night.
    """
    by_others = Comment.objects.filter(thread=OuterRef("pk"), deleted_at=None).exclude(author=person_id)
    begun = Comment.objects.filter(Exists(by_others), author_id=person_id, thread=None)
    comment_ids = list(begun.values_list("pk", flat=True))
    for rows in (CommentLike, FormerComment):
        rows.objects.filter(comment_id__in=comment_ids).delete()
    Comment.objects.filter(pk__in=comment_ids).update(
        author=None,
        key=None,
        text="",
        edited_at=None,
        pinned_at=None,
        held_for="",
        likes=0,
        deleted_at=Coalesce("deleted_at", Now()),
    )
