"""What people pass on."""

from revue.social.contracts import RepostLine
from revue.social.models import Repost


def reposts_of(person_id: int, *, before: int | None, limit: int) -> list[RepostLine]:
    """What a person has passed on, the latest first, before a row."""
    found = Repost.objects.filter(person_id=person_id)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = found.order_by("-pk").values_list("pk", "video_id", "note", "made_at")
    return [RepostLine(*row) for row in rows[:limit]]
