"""Who asks: a session cookie, and for anything that changes state the CSRF header beside it."""

from django.http import HttpRequest
from ninja.security import APIKeyCookie
from ninja.utils import check_csrf

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.api.errors import CsrfFailed
from revue.platform.errors import SignInNeeded

SESSION_COOKIE = "sessionid"
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer behind a request; a visitor when nobody is signed in."""
    return accounts.viewer_for(request)


class MemberAuth(APIKeyCookie):
    """Lets in people who are signed in; `request.auth` is then their `Viewer`.

    A visitor is told to sign in before anything is said about CSRF, because that is what they can mend.
    """

    param_name = SESSION_COOKIE

    def __init__(self) -> None:
        super().__init__(csrf=False)  # checked below, after the question of who it is

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer:  # noqa: ARG002
        """The signed-in viewer.

        Raises:
            SignInNeeded: nobody is signed in.
            CsrfFailed: a change came without the token that only our own pages can read.
        """
        viewer = viewer_of(request)
        if not viewer.is_signed_in:
            raise SignInNeeded
        if request.method not in _SAFE_METHODS and check_csrf(request) is not None:
            raise CsrfFailed
        return viewer


class AnyoneAuth(MemberAuth):
    """Lets in visitors too; a change still needs the CSRF token. `request.auth` is the `Viewer`."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer:  # noqa: ARG002
        """The viewer, signed in or not.

        Raises:
            CsrfFailed: a change came without the token that only our own pages can read.
        """
        if request.method not in _SAFE_METHODS and check_csrf(request) is not None:
            raise CsrfFailed
        return viewer_of(request)


member = MemberAuth()
anyone = AnyoneAuth()


def viewer_auth(request: HttpRequest) -> Viewer:
    """The viewer that `member` let in, for routes declared with `auth=member` or `auth=anyone`."""
    viewer = getattr(request, "auth", None)
    return viewer if isinstance(viewer, Viewer) else viewer_of(request)
