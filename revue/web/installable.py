"""What makes the instance an app on a home screen: its manifest, the page it has without a line, the share target."""

import dataclasses
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from revue.web import pages, views

STAGE = "#120c1a"  # --stage of frontend/src/styles/tokens.css
_SHORT_LETTERS = 12  # what fits under an icon
_SHARED_TYPES = ["video/*", "image/jpeg", "image/png", "image/webp", "image/avif", "image/heic"]


@require_safe
@cache_control(public=True, max_age=300)
def manifest(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """The web app manifest, under the instance's own name."""
    return JsonResponse(_manifest(settings.INSTANCE_NAME), content_type="application/manifest+json")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The app without anybody's data: the service worker keeps it for when there is no line."""
    return views.shell(request, dataclasses.replace(pages.plain("/offline"), data={"kind": "offline"}))


@csrf_exempt  # it reads nothing and changes nothing: the service worker takes what is shared, before it comes here
@require_POST
def share(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Somebody shares a file, and their browser has no worker to take it: the upload page says so."""
    return HttpResponseRedirect("/upload?shared=lost", status=303)


def _manifest(name: str) -> dict[str, Any]:
    return {
        "id": "/",
        "name": name,
        "short_name": name if len(name) <= _SHORT_LETTERS else name[:_SHORT_LETTERS].strip(),
        "description": pages.plain("/").description,
        "lang": "en",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": STAGE,
        "theme_color": STAGE,
        "categories": ["social", "entertainment"],
        "icons": [
            {"src": "/favicon.svg", "sizes": "any", "type": "image/svg+xml"},
            *(_icon("any", size) for size in (192, 512)),
            *(_icon("maskable", size) for size in (192, 512)),
        ],
        "shortcuts": [
            {"name": "Upload", "url": "/upload", "icons": [_icon("any", 192)]},
            {"name": "Following", "url": "/following", "icons": [_icon("any", 192)]},
        ],
        "share_target": {
            "action": "/share",
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {"files": [{"name": "media", "accept": _SHARED_TYPES}]},
        },
    }


def _icon(purpose: str, size: int) -> dict[str, str]:
    """One of the files that `scripts/icons` draws."""
    return {"src": f"/icons/{purpose}-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
