"""Which of the languages of the app a page is in."""

import dataclasses

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from revue.web import assets


@dataclasses.dataclass(frozen=True, slots=True)
class Language:
    """A language the app was built in, as the shell names it."""

    code: str  # of ISO 639, such as "de"
    direction: str  # "ltr" or "rtl"


def of(request: HttpRequest) -> Language:
    """The viewer's own choice, else the first that their browser wishes and the app has, else English."""
    wishes = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    wanted = [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""), *(code for code, _ in wishes)]
    built = assets.manifests()
    code = next((base for base in (one.split("-")[0] for one in wanted) if base in built), assets.SOURCE)
    return Language(code, "rtl" if LANG_INFO.get(code, {}).get("bidi") else "ltr")
