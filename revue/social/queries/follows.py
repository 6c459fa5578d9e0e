"""Who follows whom."""

from revue.accounts.contracts import Viewer
from revue.platform import ids
from revue.social.models import Follow


def followed_ids(*, person_id: int) -> list[int]:
    """Whom a person follows."""
    return list(Follow.objects.filter(follower_id=person_id).values_list("followed_id", flat=True))


def is_following(*, viewer: Viewer, person_id: int) -> bool:
    """Whether the viewer follows a person."""
    return viewer.is_signed_in and Follow.objects.filter(follower_id=viewer.person_id, followed_id=person_id).exists()


def ties_topic(person_id: int) -> str:
    """The live topic that a person's streams have beside the videos': it tells when a follow ends, and of blocks."""
    return f"ties:{ids.to_short(person_id)}"
