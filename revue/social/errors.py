"""What can go wrong among people."""

from revue.platform.errors import BadInput, NotAllowed, NotFound


class BadComment(BadInput):
    """The text is empty or too long."""

    code = "bad_comment"
    title = "A comment has 1 to 500 characters."


class CommentsOff(NotAllowed):
    """The video's author takes no comments."""

    code = "comments_off"
    title = "Comments are off for this video."


class NotYourself(BadInput):
    """A person tried to follow, block, mute or restrict themselves."""

    code = "not_yourself"
    title = "You cannot do this to yourself."


class RequestNotFound(NotFound):
    """The person has not asked to follow the viewer, or no longer does."""

    code = "request_not_found"
    title = "This person does not ask to follow you any more."


class ListHidden(NotAllowed):
    """Whom a person follows, or who follows them, is not for this viewer."""

    code = "list_hidden"
    title = "This person does not show this list to you."
