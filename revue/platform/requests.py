"""Counts requests by route and status, and measures how long Django took for them."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
