"""What can go wrong among people."""

from revue.platform.errors import BadInput, Conflict, NotAllowed, NotFound


class BadComment(BadInput):
    """The text is empty or too long."""

    code = "bad_comment"
    title = "A comment has 1 to 500 characters."


class CommentsOff(NotAllowed):
    """The video's author takes no comments."""

    code = "comments_off"
    title = "Comments are off for this video."


class NotYourself(BadInput):
    """A person tried to follow themselves."""

    code = "not_yourself"
    title = "You cannot follow yourself."


class ListHidden(NotAllowed):
    """A person keeps what they like or save to themselves."""

    code = "list_hidden"
    title = "This list is not for you."


class NotSaved(NotFound):
    """What is to be moved is not saved."""

    code = "not_saved"
    title = "You have not saved this video."


class CollectionNotFound(NotFound):
    """There is no such collection, or not for this viewer."""

    code = "collection_not_found"
    title = "There is no such collection."


class BadCollectionName(BadInput):
    """The name is empty or too long."""

    code = "bad_collection_name"
    title = "A collection's name has 1 to 50 characters."


class CollectionExists(Conflict):
    """Another collection of the same person has this name."""

    code = "collection_exists"
    title = "You have a collection of this name already."


class TooManyCollections(Conflict):
    """A person has as many collections as anybody may."""

    code = "too_many_collections"
    title = "You have as many collections as one may. Delete one first."


class BadNote(BadInput):
    """The note of a repost is too long."""

    code = "bad_note"
    title = "A note has at most 150 characters."


class MayNotRepost(NotAllowed):
    """The video is the viewer's own, or not for everybody."""

    code = "may_not_repost"
    title = "Only what others show to everybody may be reposted."
