"""The root of every error a person may read. The API renders it as RFC 9457 problem+json."""

from typing import Any, ClassVar


class RevueError(Exception):
    """An error with a documented code, an HTTP status and one plain sentence.

    Subclasses live in each app's `errors.py` and set the class attributes; `data` holds fields
    that a client may need (for example `retry_after_s`).
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    title: ClassVar[str] = "Something is wrong with this request."

    def __init__(self, detail: str = "", **data: Any) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.data = data


class NotFound(RevueError):
    """The thing is not there, or the viewer may not know that it is."""

    code = "not_found"
    status = 404
    title = "This does not exist."


class NotAllowed(RevueError):
    """The viewer may see the thing and may not do this with it."""

    code = "not_allowed"
    status = 403
    title = "You may not do this."


class SignInNeeded(RevueError):
    """The action belongs to people who are signed in."""

    code = "sign_in_needed"
    status = 401
    title = "Sign in to do this."


class BadInput(RevueError):
    """A value is not what it should be; `data["fields"]` maps field → sentence."""

    code = "bad_input"
    status = 422
    title = "Some of this could not be understood."


class Conflict(RevueError):
    """Someone or something else was first."""

    code = "conflict"
    status = 409
    title = "This was changed meanwhile."


class RateLimited(RevueError):
    """Too many in too short a time; `data["retry_after_s"]` says when to come back."""

    code = "rate_limited"
    status = 429
    title = "That was too fast. Try again shortly."
