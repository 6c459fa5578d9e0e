"""People as others see them."""

from typing import Final

from django.db import connection

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.social import policy
from revue.social.contracts import PersonCounts, PersonList, PersonPage, SuggestedPerson
from revue.social.queries.follows import followed_ids, is_followed_by, is_following
from revue.social.queries.saves import has_public_collections

MOST_SUGGESTED: Final = 8
_PERSON_COUNTS = """
SELECT
    (SELECT count(*) FROM social_follow AS f JOIN accounts_person AS p ON p.id = f.follower_id AND p.is_active
        WHERE f.followed_id = %(person)s),
    (SELECT count(*) FROM social_follow AS f JOIN accounts_person AS p ON p.id = f.followed_id AND p.is_active
        WHERE f.follower_id = %(person)s),
    count(*), coalesce(sum(c.likes), 0)::bigint
FROM videos_video AS v LEFT JOIN events_videocounts AS c ON c.video_id = v.id
WHERE v.author_id = %(person)s AND v.state = 'published' AND v.visibility = 'everyone'
"""


def person_page(*, viewer: Viewer, handle: str) -> PersonPage:
    """A person's profile with its numbers.

    Raises:
        NotFound: nobody has this handle.
    """
    profile = accounts.profile(viewer=viewer, handle=handle)
    return PersonPage(
        profile=profile,
        counts=person_counts(person_id=profile.id),
        is_followed=is_following(viewer=viewer, person_id=profile.id),
        is_follower=is_followed_by(viewer=viewer, person_id=profile.id),
        lists=_lists(viewer, profile.id),
    )


def _lists(viewer: Viewer, person_id: int) -> tuple[PersonList, ...]:
    """Which of a person's lists the viewer may see; of their collections, those that are public."""
    return tuple(
        which
        for which in PersonList
        if policy.may_see_list(viewer, person_id=person_id, which=which)
        or (which is PersonList.COLLECTIONS and has_public_collections(person_id))
    )


def people_beginning(*, viewer: Viewer, prefix: str, limit: int = MOST_SUGGESTED) -> list[SuggestedPerson]:
    """People to name whose handle or name begins so, whom the viewer follows first; never the viewer. Three SELECTs.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    person_id = person_id_of(viewer)
    followed = accounts.people_beginning(prefix, limit=limit, among=followed_ids(person_id=person_id))
    known = [person_id, *(card.id for card in followed)]
    others = accounts.people_beginning(prefix, limit=limit - len(followed), but=known)
    return [SuggestedPerson(card, card in followed) for card in (*followed, *others)]


def person_counts(*, person_id: int) -> PersonCounts:
    """Followers, followed, public videos and likes on them; one SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(_PERSON_COUNTS, {"person": person_id})
        return PersonCounts(*cursor.fetchone())
