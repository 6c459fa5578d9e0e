"""Follow a person and stop following them."""

from django.db import transaction

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.platform import limits
from revue.platform.errors import NotFound
from revue.social import hooks, live
from revue.social.contracts import FollowState
from revue.social.errors import NotYourself
from revue.social.models import Follow

CHANGES_PER_MINUTE = 120


@transaction.atomic
def follow_person(*, viewer: Viewer, handle: str) -> FollowState:
    """Follow a person; following again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: nobody has this handle.
        NotYourself: it is the viewer's own handle.
        RateLimited: too many changes in a minute.
    """
    follower_id, followed_id = _pair(viewer, handle)
    if follower_id == followed_id:
        raise NotYourself
    made = Follow.objects.bulk_create([Follow(follower_id=follower_id, followed_id=followed_id)], ignore_conflicts=True)
    if Follow.objects.filter(id=made[0].id).exists():  # on a conflict the older row stays, under its own id
        hooks.followed(actor_id=follower_id, person_id=followed_id)
    return FollowState(following=True, follower_count=_followers(followed_id))


@transaction.atomic
def unfollow_person(*, viewer: Viewer, handle: str) -> FollowState:
    """Stop following a person; without a follow nothing changes. What is for followers is closed to them at once.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: nobody has this handle.
        RateLimited: too many changes in a minute.
    """
    follower_id, followed_id = _pair(viewer, handle)
    removed, _ = Follow.objects.filter(follower_id=follower_id, followed_id=followed_id).delete()
    if removed:
        live.unfollowed(follower_id)
        live.unfollowed(followed_id)  # they are no longer friends: what is for friends closes both ways
        hooks.unfollowed(actor_id=follower_id, person_id=followed_id)
    return FollowState(following=False, follower_count=_followers(followed_id))


def _pair(viewer: Viewer, handle: str) -> tuple[int, int]:
    """(who follows, who is followed), after the rate limit."""
    follower_id = person_id_of(viewer)
    limits.check("follow", key=str(follower_id), per_minute=CHANGES_PER_MINUTE)
    followed_id = accounts.person_ids([handle]).get(handle.lower())
    if followed_id is None:
        raise NotFound("There is nobody with this name.")
    return follower_id, followed_id


def _followers(person_id: int) -> int:
    return Follow.objects.filter(followed_id=person_id, follower__is_active=True).count()
