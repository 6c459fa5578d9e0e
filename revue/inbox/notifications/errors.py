"""What can go wrong with what people want to be told."""

from revue.platform.errors import BadInput, NotAllowed


class BadQuietHours(BadInput):
    """The hours are none, or the time zone is unknown."""

    code = "bad_quiet_hours"
    title = "Quiet hours are two different times of a day, in a time zone."


class NoProvedEmail(NotAllowed):
    """A weekly mail needs an address that is surely the person's own."""

    code = "no_proved_email"
    title = "Confirm an e-mail address first."
