"""Make, change and delete collections of what one has saved."""

from typing import Final

from django.db import IntegrityError, transaction

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.platform import limits
from revue.social import policy
from revue.social.actions.saves import own_collection
from revue.social.errors import CollectionExists, TooManyCollections
from revue.social.models import Collection

MOST_COLLECTIONS: Final = 200
CHANGES_PER_MINUTE: Final = 60


@transaction.atomic
def make_collection(*, viewer: Viewer, name: str, is_public: bool = False) -> int:
    """Make a collection; where the viewer has one of this name, it is that one, as it is.

    Returns:
        Its id.

    Raises:
        SignInNeeded: the viewer is a visitor.
        BadCollectionName: nothing is left of the name, or it is too long.
        TooManyCollections: they have as many as anybody may.
        RateLimited: too many changes in a minute.
    """
    owner_id, clean = _checked(viewer), policy.clean_name(name)
    theirs = Collection.objects.filter(owner_id=owner_id)
    if theirs.count() >= MOST_COLLECTIONS and not theirs.filter(name=clean).exists():
        raise TooManyCollections
    Collection.objects.bulk_create(
        [Collection(owner_id=owner_id, name=clean, is_public=is_public)],
        update_conflicts=True,  # the older one stays as it is, and is locked
        unique_fields=["owner", "name"],
        update_fields=["name"],
    )
    collection_id: int = theirs.values_list("pk", flat=True).get(name=clean)
    return collection_id


@transaction.atomic
def edit_collection(
    *, viewer: Viewer, collection_id: int, name: str | None = None, is_public: bool | None = None
) -> None:
    """Rename a collection, or change who may see it; None leaves as it is.

    Raises:
        SignInNeeded: the viewer is a visitor.
        CollectionNotFound: it is not there, or not theirs.
        BadCollectionName: nothing is left of the name, or it is too long.
        CollectionExists: another of theirs has this name.
        RateLimited: too many changes in a minute.
    """
    found = own_collection(_checked(viewer), collection_id)
    found.name = found.name if name is None else policy.clean_name(name)
    found.is_public = found.is_public if is_public is None else is_public
    try:
        with transaction.atomic():
            found.save(update_fields=["name", "is_public"])
    except IntegrityError as error:
        raise CollectionExists from error


@transaction.atomic
def delete_collection(*, viewer: Viewer, collection_id: int) -> None:
    """Delete a collection; what lay in it stays saved.

    Raises:
        SignInNeeded: the viewer is a visitor.
        CollectionNotFound: it is not there, or not theirs.
        RateLimited: too many changes in a minute.
    """
    own_collection(_checked(viewer), collection_id).delete()


def _checked(viewer: Viewer) -> int:
    person_id = person_id_of(viewer)
    limits.check("collection", key=str(person_id), per_minute=CHANGES_PER_MINUTE)
    return person_id
