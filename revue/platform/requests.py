"""What every request passes: it is counted and timed, and its answer is compressed where that helps."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from revue.platform import metrics

_seconds = metrics.histogram(
    "revue_platform_request_seconds", "How long Django took for requests.", ["method", "route", "status"]
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class MeasureRequests:
    """Middleware; it stands first, so that it sees what the others cost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and note how long it took; routes are patterns, so no id becomes a label."""
        began = time.perf_counter()
        response = self._get_response(request)
        match = request.resolver_match
        method = request.method if request.method in _METHODS else "other"
        route = match.route if match is not None else "none"
        _seconds.labels(method, route, response.status_code).observe(time.perf_counter() - began)
        return response


class Compress(GZipMiddleware):
    """Sends pages and API answers gzip'd: a feed page is a fifth of its size, which a poor line feels.

    Django pads what it compresses by a random length, so that secrets cannot be guessed from sizes (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress whole answers only: streams are media, whose ranges count bytes of the file itself."""
        return response if response.streaming else super().process_response(request, response)
