"""Which of the languages of the app a page is in, its own texts included."""

import dataclasses
from collections.abc import Callable

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from revue.web import assets

_ELSEWHERE = ("/embed/", "/oembed")
_KEPT = "_revue_language"  # on the request: a page asks several times
_NO_PAGES = ("/api/", "/_allauth/", "/admin/", "/media/")


@dataclasses.dataclass(frozen=True, slots=True)
class Language:
    """A language the app was built in, as the shell names it."""

    code: str  # of ISO 639, such as "de"
    direction: str  # "ltr" or "rtl"


def of(request: HttpRequest) -> Language:
    """The viewer's own choice, else the first that their browser wishes and the app has, else English.

    On other sites a viewer is nobody: there the browser alone is asked.
    """
    found = getattr(request, _KEPT, None)
    if found is None:
        found = _asked(request)
        setattr(request, _KEPT, found)
    return found


def _asked(request: HttpRequest) -> Language:
    wishes = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    chosen = "" if request.path.startswith(_ELSEWHERE) else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    wanted = [chosen, *(code for code, _ in wishes)]
    built = assets.manifests()
    code = next((base for base in (one.split("-")[0] for one in wanted) if base in built), assets.SOURCE)
    return Language(code, "rtl" if LANG_INFO.get(code, {}).get("bidi") else "ltr")


def speak(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: pages speak the language that the app has for their viewer.

    Django, left alone, takes the first of all the languages that it knows itself. Programs are answered like that, and
    `request.LANGUAGE_CODE` stays so: it is what the viewer's browser wishes most, which the feed goes by.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(_NO_PAGES):
            return get_response(request)
        with translation.override(of(request).code):
            return get_response(request)

    return middleware
