"""What can go wrong with a viewer's controls, in words for the person it happens to."""

from revue.platform.errors import BadInput, Conflict


class BadControl(BadInput):
    """A control that does not exist, or a value that it does not take."""

    code = "bad_control"
    title = "This cannot be set like that."


class TooManyControls(Conflict):
    """A list of muted words, or of things that somebody is not interested in, is full."""

    code = "too_many_controls"
    title = "This list is full. Take something off it first."
