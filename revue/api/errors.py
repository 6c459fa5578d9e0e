"""Every error leaves the API as RFC 9457 problem+json, also those that Django itself raises."""

from collections.abc import Callable
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from revue.platform.errors import BadInput, NotAllowed, NotFound, RateLimited, RevueError, SignInNeeded

PROBLEM_TYPE = "application/problem+json"
API_ROOT = "/api/"
_OWN_FIELDS = ("type", "title", "status", "code", "detail")


class BadRequest(RevueError):
    """The request itself is broken: no JSON, a wrong header, a half body."""

    code = "bad_request"
    status = 400
    title = "This request could not be read."


class CsrfFailed(RevueError):
    """The CSRF token is missing or old; `GET /api/v1/session` gives a fresh one."""

    code = "csrf_failed"
    status = 403
    title = "This page is out of date. Load it again."


class MethodNotAllowed(RevueError):
    """The address exists and does not answer to this method."""

    code = "method_not_allowed"
    status = 405
    title = "This address does not answer to that method."


class TooLarge(RevueError):
    """The request body is larger than this address takes."""

    code = "too_large"
    status = 413
    title = "This is too large."


class ServerError(RevueError):
    """Our fault; the log has the details under the request's id."""

    code = "server_error"
    status = 500
    title = "Something broke on our side."


class Unavailable(RevueError):
    """The server cannot answer just now."""

    code = "unavailable"
    status = 503
    title = "The server is not ready. Try again shortly."


_BY_STATUS: dict[int, type[RevueError]] = {
    error.status: error
    for error in (
        BadRequest, SignInNeeded, NotAllowed, NotFound, MethodNotAllowed, TooLarge, BadInput, RateLimited, ServerError,
        Unavailable,
    )
}  # fmt: skip


def problem(error: RevueError) -> HttpResponse:
    """The problem+json answer for an error."""
    body = {
        **{name: value for name, value in error.data.items() if name not in _OWN_FIELDS},
        "type": f"urn:revue:error:{error.code}",
        "title": error.title,
        "status": error.status,
        "code": error.code,
        "detail": error.detail,
    }
    response = HttpResponse(orjson.dumps(body, default=str), status=error.status, content_type=PROBLEM_TYPE)
    response["Cache-Control"] = "no-store"
    if "retry_after_s" in error.data:
        response["Retry-After"] = str(max(1, round(error.data["retry_after_s"])))
    return response


def from_status(status: int) -> RevueError:
    """The error that stands for a bare HTTP status."""
    kind = _BY_STATUS.get(status) or (ServerError if status >= ServerError.status else BadRequest)
    return kind()


def _fields(errors: list[dict[str, Any]]) -> dict[str, str]:
    """Field path → sentence, from pydantic's list; the leading `body.payload` says nothing to a client."""
    fields: dict[str, str] = {}
    for error in errors:
        path = [str(part) for part in error.get("loc", ())]
        name = ".".join(path[2:] or path[1:] or path) or "body"
        fields.setdefault(name, str(error.get("msg", "")))
    return fields


def _from_ninja(error: HttpError) -> RevueError:
    known = from_status(error.status_code)
    return type(known)(str(error) if error.status_code < ServerError.status else "")


def register(api: NinjaAPI) -> None:
    """Make `api` answer every known exception with a problem."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        RevueError: lambda _request, error: problem(error),
        Http404: lambda _request, _error: problem(NotFound()),
        HttpError: lambda _request, error: problem(_from_ninja(error)),
        ValidationError: lambda _request, error: problem(BadInput(fields=_fields(error.errors))),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


class ProblemMiddleware:
    """Turns what Django answers by itself under `/api/` (404, 405, 413, 500 …) into problems.

    Stands first, so that it also sees the answers of other middleware and of Django's own error views.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, as a problem where it is a bare error page."""
        if request.path.startswith(API_ROOT) and _has_nul(request):
            return problem(BadRequest("The address holds a NUL character."))
        response = self.get_response(request)
        if response.status_code < BadRequest.status or not request.path.startswith(API_ROOT):
            return response
        if not isinstance(response, HttpResponse) or not _is_bare(response):
            return response
        answer = problem(from_status(response.status_code))
        answer.status_code = response.status_code
        for name, value in response.items():
            if name.lower() not in ("content-type", "content-length", "cache-control"):
                answer[name] = value
        answer.cookies = response.cookies
        return answer


def _has_nul(request: HttpRequest) -> bool:
    """Whether the address holds a NUL character, which no text in the database can."""
    return "\0" in request.path or "%00" in request.META.get("QUERY_STRING", "")


def _is_bare(response: HttpResponse) -> bool:
    """Whether this is an error page or an empty body rather than something a view meant to say."""
    return not response.content or response.get("Content-Type", "").startswith("text/html")
