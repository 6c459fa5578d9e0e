"""A name for a browser that nobody signed in to: random, signed, gone when the browser closes.

It lets a visitor's feed go on without repeats. The shell asks for it with `actions.recognise_visitor`;
nothing else sets it, so machines and API clients never get one.
"""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE = "revue_visitor"
_KEPT = "_revue_visitor"  # on the request: the key that this very answer introduces
_BYTES = 16


def key_of(request: HttpRequest) -> str:
    """The visitor's key, or "" when the browser has none (or one we did not sign)."""
    fresh: str = getattr(request, _KEPT, "")
    if fresh:
        return fresh
    signed = request.COOKIES.get(COOKIE, "")
    if not signed:
        return ""
    try:
        return _signer().unsign(signed)
    except BadSignature:
        return ""


def introduce(request: HttpRequest) -> str:
    """The visitor's key, made now when there is none; the middleware then sends it with the answer."""
    key = key_of(request)
    if not key:
        key = secrets.token_urlsafe(_BYTES)
        setattr(request, _KEPT, key)
    return key


class VisitorMiddleware:
    """Sends the cookie of a visitor who was introduced while the answer was made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, with the cookie when it is new."""
        response = self.get_response(request)
        fresh: str = getattr(request, _KEPT, "")
        if fresh:
            response.set_cookie(
                COOKIE, _signer().sign(fresh), httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        return response


def _signer() -> Signer:
    return Signer(salt="revue.accounts.visitors")
