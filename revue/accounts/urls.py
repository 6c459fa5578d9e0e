"""Allauth's headless API, less what we do not offer."""

from typing import Never

from django.http import Http404, HttpRequest
from django.urls import URLPattern, URLResolver, include, re_path


def not_offered(_request: HttpRequest) -> Never:
    """We ask nobody for a telephone number. Allauth mounts these all the same, and they fail for visitors.

    Raises:
        Http404: always.
    """
    raise Http404


urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^browser/v1/(?:account/phone|auth/phone/.+)$", not_offered),
    re_path("", include("allauth.headless.urls")),
]
