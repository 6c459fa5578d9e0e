"""Follow a person or ask to, answer who asks, and stop following."""

from django.db import transaction

from revue.accounts import actions as accounts_actions
from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.platform import limits
from revue.platform.errors import NotFound
from revue.social import hooks, live
from revue.social.actions.pairs import hold_pairs
from revue.social.contracts import FollowState
from revue.social.errors import NotYourself, RequestNotFound
from revue.social.models import Follow, FollowRequest
from revue.social.queries import is_apart

CHANGES_PER_MINUTE = 120


@transaction.atomic
def follow_person(*, viewer: Viewer, handle: str) -> FollowState:
    """Follow a person, or ask one whose account is private; again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: nobody has this handle, or a block is between the two.
        NotYourself: it is the viewer's own handle.
        RateLimited: too many changes in a minute.
    """
    follower_id, followed_id = _pair(viewer, handle)
    if follower_id == followed_id:
        raise NotYourself
    is_new = not Follow.objects.filter(follower_id=follower_id, followed_id=followed_id).exists()
    if is_new and accounts_actions.hold_private(person_id=followed_id):
        _ask(follower_id, followed_id)
        return FollowState(following=False, follower_count=_followers(followed_id), requested=True)
    if is_new:
        Follow.objects.create(follower_id=follower_id, followed_id=followed_id)
        hooks.followed(actor_id=follower_id, person_id=followed_id)
    return FollowState(following=True, follower_count=_followers(followed_id))


@transaction.atomic
def unfollow_person(*, viewer: Viewer, handle: str) -> FollowState:
    """Stop following a person, or asking to; without either nothing changes. What is for followers closes at once.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: nobody has this handle, or a block is between the two.
        RateLimited: too many changes in a minute.
    """
    follower_id, followed_id = _pair(viewer, handle)
    _forget_request(follower_id, followed_id, is_answered=False)
    _end(follower_id, followed_id)
    return FollowState(following=False, follower_count=_followers(followed_id))


@transaction.atomic
def remove_follower(*, viewer: Viewer, handle: str) -> None:
    """Have a person follow the viewer no more; without a follow nothing changes. They are not told.

    Raises:
        SignInNeeded, NotFound, RateLimited: as `unfollow_person`.
    """
    followed_id, follower_id = _pair(viewer, handle)
    _end(follower_id, followed_id)


@transaction.atomic
def approve_request(*, viewer: Viewer, handle: str) -> None:
    """Let a person who has asked follow the viewer; once they do, again changes nothing.

    Raises:
        SignInNeeded, NotFound, RateLimited: as `unfollow_person`.
        RequestNotFound: they have not asked, or no longer do.
    """
    asked_id, asker_id = _pair(viewer, handle)
    if _forget_request(asker_id, asked_id, is_answered=True):
        _accept(asker_id, asked_id)
    elif not Follow.objects.filter(follower_id=asker_id, followed_id=asked_id).exists():
        raise RequestNotFound


@transaction.atomic
def decline_request(*, viewer: Viewer, handle: str) -> None:
    """Do not let a person who has asked follow the viewer; again changes nothing. They are not told.

    Raises:
        SignInNeeded, NotFound, RateLimited: as `unfollow_person`.
    """
    asked_id, asker_id = _pair(viewer, handle)
    _forget_request(asker_id, asked_id, is_answered=True)


def follow_private(*, person_id: int, is_private: bool) -> None:
    """Approve everybody who has asked once an account is open: they need not ask any more."""
    if is_private:
        return
    for request in FollowRequest.objects.select_for_update().filter(asked_id=person_id).order_by("pk"):
        _accept(request.asker_id, person_id)
        _forget_request(request.asker_id, person_id, is_answered=True)


def _ask(asker_id: int, asked_id: int) -> None:
    if not FollowRequest.objects.filter(asker_id=asker_id, asked_id=asked_id).exists():
        FollowRequest.objects.create(asker_id=asker_id, asked_id=asked_id)
        hooks.follow_requested(actor_id=asker_id, person_id=asked_id)


def _accept(asker_id: int, asked_id: int) -> None:
    Follow.objects.bulk_create([Follow(follower_id=asker_id, followed_id=asked_id)], ignore_conflicts=True)
    hooks.request_accepted(actor_id=asked_id, person_id=asker_id)
    hooks.followed(actor_id=asker_id, person_id=asked_id)


def _forget_request(asker_id: int, asked_id: int, *, is_answered: bool) -> bool:
    """Whether there was one. `is_answered`: by whom it was put to; otherwise who asked has taken it back."""
    removed, _ = FollowRequest.objects.filter(asker_id=asker_id, asked_id=asked_id).delete()
    if removed:
        hooks.request_ended(actor_id=asker_id, person_id=asked_id, is_answered=is_answered)
    return bool(removed)


def _end(follower_id: int, followed_id: int) -> None:
    removed, _ = Follow.objects.filter(follower_id=follower_id, followed_id=followed_id).delete()
    if removed:
        live.ties_changed(follower_id)
        live.ties_changed(followed_id)  # they are no longer friends: what is for friends closes both ways
        hooks.unfollowed(actor_id=follower_id, person_id=followed_id)


def _pair(viewer: Viewer, handle: str) -> tuple[int, int]:
    """(the viewer, the other), after the rate limit; nobody else changes what ties them until the end."""
    person_id = person_id_of(viewer)
    limits.check("follow", key=str(person_id), per_minute=CHANGES_PER_MINUTE)
    other_id = accounts.person_ids([handle]).get(handle.lower())
    if other_id is not None:
        hold_pairs(person_id, [other_id])
    if other_id is None or is_apart(person_id, [other_id]):
        raise NotFound("There is nobody with this name.")
    return person_id, other_id


def _followers(person_id: int) -> int:
    return Follow.objects.filter(followed_id=person_id, follower__is_active=True).count()
