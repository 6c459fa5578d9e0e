"""What can go wrong among people."""

from revue.platform.errors import BadInput, NotAllowed


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
