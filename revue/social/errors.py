"""What can go wrong among people."""

from revue.platform.errors import BadInput, Conflict, NotAllowed


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
    """A person tried to follow themselves."""

    code = "not_yourself"
    title = "You cannot follow yourself."
