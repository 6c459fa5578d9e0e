"""Block, mute and restrict people, and let them be again."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Manager, Q

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.platform import limits
from revue.platform.errors import NotFound
from revue.social import hooks, live
from revue.social.actions.apart import take_back
from revue.social.actions.pairs import hold_pairs
from revue.social.errors import NotYourself
from revue.social.models import Block, Follow, FollowRequest, Mute, Restriction

CHANGES_PER_MINUTE: Final = 120


def block_person(*, viewer: Viewer, handle: str) -> None:
    """Have the viewer and a person find nothing of each other's; again changes nothing. See `block_people`.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: nobody has this handle.
        NotYourself: it is the viewer's own handle.
        RateLimited: too many changes in a minute.
    """
    _block(*_pair(viewer, handle))


def block_people(*, viewer: Viewer, handles: Sequence[str]) -> None:
    """Have the viewer and several people find nothing of each other's; again changes nothing.

    They follow each other no more and have not asked to; what they like, save, repost and pin of each other's is taken
    back. Nobody is told. The viewer's own handle, and those that nobody has, are passed over.

    Args:
        viewer: who asks.
        handles: at most `policy.MOST_BLOCKED_AT_ONCE`.

    Raises:
        SignInNeeded: the viewer is a visitor.
        RateLimited: too many changes in a minute.
    """
    person_id = person_id_of(viewer)
    limits.check("boundary", key=str(person_id), per_minute=CHANGES_PER_MINUTE)
    _block(person_id, *(one for one in accounts.person_ids(handles).values() if one != person_id))


def unblock_person(*, viewer: Viewer, handle: str) -> None:
    """Let the two find each other again; what ended with the block does not come back. Again changes nothing.

    Raises:
        SignInNeeded, NotFound, NotYourself, RateLimited: as `block_person`.
    """
    person_id, other_id = _pair(viewer, handle)
    Block.objects.filter(blocker_id=person_id, blocked_id=other_id).delete()


def mute_person(*, viewer: Viewer, handle: str) -> None:
    """Leave a person's videos out of the viewer's feeds; again changes nothing. They are not told.

    Raises:
        SignInNeeded, NotFound, NotYourself, RateLimited: as `block_person`.
    """
    person_id, other_id = _pair(viewer, handle)
    Mute.objects.bulk_create([Mute(muter_id=person_id, muted_id=other_id)], ignore_conflicts=True)


def unmute_person(*, viewer: Viewer, handle: str) -> None:
    """Have a person's videos stand in the viewer's feeds again; again changes nothing.

    Raises:
        SignInNeeded, NotFound, NotYourself, RateLimited: as `block_person`.
    """
    person_id, other_id = _pair(viewer, handle)
    Mute.objects.filter(muter_id=person_id, muted_id=other_id).delete()


def restrict_person(*, viewer: Viewer, handle: str) -> None:
    """Have what a person says under the viewer's videos from now on wait for the viewer; again changes nothing.

    Raises:
        SignInNeeded, NotFound, NotYourself, RateLimited: as `block_person`.
    """
    person_id, other_id = _pair(viewer, handle)
    row = Restriction(restricter_id=person_id, restricted_id=other_id)
    Restriction.objects.bulk_create([row], ignore_conflicts=True)


def unrestrict_person(*, viewer: Viewer, handle: str) -> None:
    """Have what a person says wait no more; what waits already goes on waiting. Again changes nothing.

    Raises:
        SignInNeeded, NotFound, NotYourself, RateLimited: as `block_person`.
    """
    person_id, other_id = _pair(viewer, handle)
    Restriction.objects.filter(restricter_id=person_id, restricted_id=other_id).delete()


@transaction.atomic
def _block(person_id: int, *other_ids: int) -> None:
    """Requests end before follows: one that is being approved meanwhile has become a follow by then."""
    if not other_ids:
        return
    hold_pairs(person_id, other_ids)
    rows = [Block(blocker_id=person_id, blocked_id=other_id) for other_id in sorted(other_ids)]
    Block.objects.bulk_create(rows, ignore_conflicts=True)
    for asker_id, asked_id in _taken(FollowRequest.objects, "asker", "asked", person_id, other_ids):
        hooks.request_ended(actor_id=asker_id, person_id=asked_id, is_answered=asked_id == person_id)
    for follower_id, followed_id in _taken(Follow.objects, "follower", "followed", person_id, other_ids):
        hooks.unfollowed(actor_id=follower_id, person_id=followed_id)
    take_back(person_id, other_ids)
    for one in (person_id, *other_ids):
        live.ties_changed(one)


def _taken(
    rows: Manager[Any], one: str, other: str, person_id: int, other_ids: Collection[int]
) -> list[tuple[int, int]]:
    """(one, other) of rows between the person and the others, which are gone with this."""
    between = Q(**{f"{one}_id": person_id, f"{other}_id__in": other_ids}) | Q(
        **{f"{one}_id__in": other_ids, f"{other}_id": person_id}
    )
    found = rows.select_for_update().filter(between).order_by("pk")
    pairs = list(found.values_list("pk", f"{one}_id", f"{other}_id"))
    rows.filter(pk__in=[pk for pk, _, _ in pairs]).delete()
    return [(one_id, other_id) for _, one_id, other_id in pairs]


def _pair(viewer: Viewer, handle: str) -> tuple[int, int]:
    """(the viewer, the other), after the rate limit. Who was blocked by the other may keep them out as well."""
    person_id = person_id_of(viewer)
    limits.check("boundary", key=str(person_id), per_minute=CHANGES_PER_MINUTE)
    other_id = accounts.person_ids([handle]).get(handle.lower())
    if other_id is None:
        raise NotFound("There is nobody with this name.")
    if other_id == person_id:
        raise NotYourself
    return person_id, other_id
