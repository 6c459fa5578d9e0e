"""What can go wrong with accounts, in words for the person it happens to."""

from revue.platform.errors import BadInput, Conflict


class HandleTaken(Conflict):
    """Somebody else has this handle."""

    code = "handle_taken"
    title = "This name is taken. Try another."


class BadHandle(BadInput):
    """The handle breaks a rule of `policy.HANDLE_RULE`, or is reserved."""

    code = "bad_handle"
    title = "Use 3 to 30 letters, digits, dots or underscores; no dot at an end, no two dots in a row."


class BadBirthDate(BadInput):
    """The birth date is in the future, or nobody alive is that old."""

    code = "bad_birth_date"
    title = "Check the birth date."


class BadProfile(BadInput):
    """A part of the profile breaks a rule; `data["fields"]` says which."""

    code = "bad_profile"
    title = "Some of this cannot be on a profile."


class LastAdmin(Conflict):
    """The instance would be left without an admin who can sign in."""

    code = "last_admin"
    title = "This is the last admin. Make another one first."


class TooYoung(BadInput):
    """The birth date is less than the instance's minimum age ago. Says nothing about any account."""

    code = "too_young"
    title = "You cannot have an account here yet."


class BadInvitation(BadInput):
    """The invitation code is unknown, used up or too old; which of them is not said."""

    code = "bad_invitation"
    title = "This invitation does not work. Ask for a new one."


class BadImage(BadInput):
    """The file is not a picture we read."""

    code = "bad_image"
    title = "This picture could not be read. Use a JPEG, PNG or WebP file of at most 10 MB."
