"""What can go wrong among people."""

from revue.platform.errors import BadInput, Conflict, NotAllowed, NotFound


class BadComment(BadInput):
    """The text is empty or too long."""

    code = "bad_comment"
    title = "A comment has 1 to 500 characters."


class CommentsOff(NotAllowed):
    """The video's author takes no comments, or none from this viewer."""

    code = "comments_off"
    title = "Comments are off for this video."


class CommentHeld(Conflict):
    """What waits for the video's author is approved or deleted before anything else is done with it."""

    code = "comment_held"
    title = "This comment waits for the creator of the video."


class TooManyPinnedComments(Conflict):
    """So many comments of a video stand first and no more."""

    code = "too_many_pinned_comments"
    title = "Three comments are pinned already. Unpin one of them first."


class BadFilterWord(BadInput):
    """A word for the filter of comments that is empty, too long, or nothing that can be compared."""

    code = "bad_filter_word"
    title = "A word has 1 to 60 letters."


class TooManyFilterWords(Conflict):
    """The filter of comments is full."""

    code = "too_many_filter_words"
    title = "You have 200 words already. Take one off first."


class NotYourself(BadInput):
    """A person tried to follow, block, mute or restrict themselves."""

    code = "not_yourself"
    title = "You cannot do this to yourself."


class RequestNotFound(NotFound):
    """The person has not asked to follow the viewer, or no longer does."""

    code = "request_not_found"
    title = "This person does not ask to follow you any more."


class ListHidden(NotAllowed):
    """What a person likes, saves or passes on, whom they follow, or who follows them, is not for this viewer."""

    code = "list_hidden"
    title = "This person does not show this list to you."


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
