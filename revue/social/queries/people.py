"""People as others see them."""

import dataclasses
from collections.abc import Collection
from typing import Any, Final

from django.db import connection
from django.db.models import Q

from revue.accounts import policy as accounts_policy
from revue.accounts import queries as accounts
from revue.accounts.contracts import Circle, Tie, Viewer
from revue.accounts.policy import person_id_of
from revue.platform.errors import NotFound
from revue.social import policy
from revue.social.contracts import PersonCounts, PersonList, PersonPage, SuggestedPerson
from revue.social.models import Follow
from revue.social.queries.boundaries import is_apart, not_apart
from revue.social.queries.follows import followed_ids
from revue.social.queries.saves import has_public_collections

MOST_SUGGESTED: Final = 8
_NO_COUNTS: Final = PersonCounts(0, 0, 0, 0)
_PERSON_COUNTS = """
SELECT
    (SELECT count(*) FROM social_follow AS f JOIN accounts_person AS p ON p.id = f.follower_id AND p.is_active
        WHERE f.followed_id = %(person)s),
    (SELECT count(*) FROM social_follow AS f JOIN accounts_person AS p ON p.id = f.followed_id AND p.is_active
        WHERE f.follower_id = %(person)s),
    count(*), coalesce(sum(c.likes), 0)::bigint
FROM videos_video AS v LEFT JOIN events_videocounts AS c ON c.video_id = v.id
WHERE v.author_id = %(person)s AND v.state = 'published'
    AND 'everyone' IN (v.visibility, CASE WHEN %(is_tied)s THEN v.chosen_visibility END)
"""
_MARKS = """
SELECT
    EXISTS (SELECT 1 FROM social_follow WHERE follower_id = %(viewer)s AND followed_id = %(person)s) AS is_followed,
    EXISTS (SELECT 1 FROM social_follow WHERE follower_id = %(person)s AND followed_id = %(viewer)s) AS is_follower,
    EXISTS (SELECT 1 FROM social_followrequest WHERE asker_id = %(viewer)s AND asked_id = %(person)s) AS is_requested,
    EXISTS (SELECT 1 FROM social_followrequest WHERE asker_id = %(person)s AND asked_id = %(viewer)s) AS asks,
    EXISTS (SELECT 1 FROM social_block WHERE blocker_id = %(viewer)s AND blocked_id = %(person)s) AS is_blocked,
    EXISTS (SELECT 1 FROM social_mute WHERE muter_id = %(viewer)s AND muted_id = %(person)s) AS is_muted,
    EXISTS (SELECT 1 FROM social_restriction WHERE restricter_id = %(viewer)s AND restricted_id = %(person)s)
        AS is_restricted,
    EXISTS (SELECT 1 FROM social_block WHERE blocker_id = %(person)s AND blocked_id = %(viewer)s) AS has_blocked_viewer
"""


def person_page(*, viewer: Viewer, handle: str) -> PersonPage:
    """A person's profile with its numbers. Of somebody whom the viewer has blocked, no more than whose it is.

    Raises:
        NotFound: nobody has this handle, or they have blocked the viewer.
    """
    profile = accounts.profile(viewer=viewer, handle=handle)
    marks = _marks(viewer, profile.id)
    if marks.pop("has_blocked_viewer"):
        raise NotFound("There is nobody with this name.")
    if marks["is_blocked"]:
        nothing_said = dataclasses.replace(profile, bio="", links=())
        return PersonPage(nothing_said, _NO_COUNTS, may_see_videos=False, may_see_follows=False, **marks)
    tie = _tie(is_self=profile.is_self, is_followed=marks["is_followed"], is_follower=marks["is_follower"])
    privacy = accounts.privacy_of([profile.id])[profile.id]
    may_see_videos = accounts_policy.may_see_videos(is_private=privacy.is_private, tie=tie)
    return PersonPage(
        profile,
        person_counts(person_id=profile.id, is_tied=tie >= Tie.FOLLOWER),
        lists=_lists(viewer, profile.id, may_see_videos=may_see_videos),
        may_see_videos=may_see_videos,
        may_see_follows=accounts_policy.may_see_follows(privacy.who_sees_lists, is_private=privacy.is_private, tie=tie),
        **marks,
    )


def _lists(viewer: Viewer, person_id: int, *, may_see_videos: bool) -> tuple[PersonList, ...]:
    """Which of a person's lists the viewer may see; of their collections, those that are public."""
    return tuple(
        which
        for which in PersonList
        if policy.may_see_list(viewer, person_id=person_id, which=which, may_see_videos=may_see_videos)
        or (which is PersonList.COLLECTIONS and may_see_videos and has_public_collections(person_id))
    )


def _marks(viewer: Viewer, person_id: int) -> dict[str, Any]:
    """What the two have to do with each other, as `PersonPage` names it, and whether the viewer was blocked."""
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, {"viewer": viewer.person_id, "person": person_id})
        return {column.name: value for column, value in zip(cursor.description, cursor.fetchone(), strict=True)}


def _tie(*, is_self: bool, is_followed: bool, is_follower: bool) -> Tie:
    if is_self:
        return Tie.SELF
    if not is_followed:
        return Tie.NONE
    return Tie.FRIEND if is_follower else Tie.FOLLOWER


def people_beginning(*, viewer: Viewer, prefix: str, limit: int = MOST_SUGGESTED) -> list[SuggestedPerson]:
    """People to name whose handle or name begins so, whom the viewer follows first; never the viewer. Three SELECTs.

    Whom the viewer may not name stands not among them, nor who does not want to be suggested to strangers.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    person_id = person_id_of(viewer)
    followed = accounts.people_beginning(
        prefix, limit=limit, among=followed_ids(person_id=person_id), who=_mentionable(person_id)
    )
    known = [person_id, *(card.id for card in followed)]
    strangers = Q(is_suggested=True, who_mentions=Circle.EVERYONE.value) & not_apart(person_id, "pk")
    others = accounts.people_beginning(prefix, limit=limit - len(followed), but=known, who=strangers)
    return [SuggestedPerson(card, card in followed) for card in (*followed, *others)]


def _mentionable(person_id: int) -> Q:
    """Who of those whom a person follows lets them name them."""
    friends = Q(pk__in=Follow.objects.filter(followed_id=person_id).values("follower_id"))
    as_follower, as_friend = (accounts_policy.circles_of(tie) for tie in (Tie.FOLLOWER, Tie.FRIEND))
    return Q(who_mentions__in=as_follower) | (friends & Q(who_mentions__in=as_friend))


def mentioned(*, person_id: int, handles: Collection[str]) -> set[int]:
    """Those among the handles whom a person's naming reaches: active, not apart by a block, and letting them.

    At most four SELECTs.
    """
    named = set(accounts.person_ids(handles).values()) - {person_id}
    named -= is_apart(person_id, named)
    ahead = Follow.objects.filter(follower_id=person_id, followed_id__in=named)
    back = Follow.objects.filter(follower_id__in=named, followed_id=person_id)
    followed, followers = {row.followed_id for row in ahead}, {row.follower_id for row in back}
    return {
        one
        for one, privacy in accounts.privacy_of(named).items()
        if accounts_policy.lets(
            privacy.who_mentions, _tie(is_self=False, is_followed=one in followed, is_follower=one in followers)
        )
    }


def person_counts(*, person_id: int, is_tied: bool = False) -> PersonCounts:
    """Followers, followed, public videos and likes on them; one SELECT.

    Args:
        person_id: whose.
        is_tied: for the person, or a follower: of a private account they see what everybody else saw before.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PERSON_COUNTS, {"person": person_id, "is_tied": is_tied})
        return PersonCounts(*cursor.fetchone())
