"""The console under `/admin/`: Django's admin in Unfold's clothes, for admins alone."""

import urllib.parse
from collections.abc import Callable
from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from unfold.sites import UnfoldAdminSite

from revue.accounts import queries
from revue.accounts.contracts import Role
from revue.console import storage
from revue.platform.errors import NotAllowed

SIGN_IN = "/sign-in"
SECURITY_SETTINGS = "/settings/security"

# Unfold's menus are written for Alpine, which makes functions of text and styles of attributes. Allowed here
# alone, on pages that only admins see and that show people's words escaped: decision 0016.
POLICY = {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]}


class ConsoleSite(UnfoldAdminSite):  # type: ignore[misc]  # Unfold has no types
    """Lets admins in who signed in as everyone does, with whatever second factor they have."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the viewer is an admin."""
        return queries.viewer_for(request).role is Role.ADMIN

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:  # noqa: FBT001, FBT002
        """Each page of the console, with the console's own content policy."""
        guarded: Callable[..., Any] = csp_update(POLICY)(super().admin_view(view, cacheable=cacheable))
        return guarded

    def get_urls(self) -> list[Any]:
        """Unfold's addresses, and our own pages before them."""
        return [path("storage/", self.admin_view(self.storage), name="storage"), *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What the first page and the menu offer: the apps' models, and our own pages."""
        apps: list[Any] = super().get_app_list(request, app_label)
        return apps if app_label or not self.has_permission(request) else [*apps, _own_pages()]

    def storage(self, request: HttpRequest) -> HttpResponse:
        """What people's files weigh, in all and the heaviest by person."""
        context = {**self.each_context(request), "title": "Storage", **storage.page()}
        return render(request, "console/storage.html", context)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        """Django's own form would know no second factor and no limit on guesses: send people to ours."""
        if queries.viewer_for(request).is_signed_in and not self.has_permission(request):
            return HttpResponse(NotAllowed.title, status=NotAllowed.status, content_type="text/plain")
        goal = request.GET.get(REDIRECT_FIELD_NAME, request.get_full_path())
        return HttpResponseRedirect(f"{SIGN_IN}?{urllib.parse.urlencode({'next': _own(goal)})}")

    def password_change(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Passwords change where everyone's do, which asks again and tells by mail."""
        return redirect(SECURITY_SETTINGS)


def _own_pages() -> dict[str, Any]:
    """Pages that show no model, as an entry among the apps."""
    address = reverse("admin:storage")
    storage_page = {"name": "Storage", "object_name": "Storage", "admin_url": address, "view_only": True, "perms": {}}
    return {
        "name": "This instance",
        "app_label": "instance",
        "app_url": address,
        "has_module_perms": True,
        "models": [storage_page],
    }


def _own(goal: str) -> str:
    """An address of the console, whatever was asked for."""
    return goal if goal.startswith("/admin/") else "/admin/"


site = ConsoleSite(name="admin")
