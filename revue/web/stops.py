"""The link under a weekly mail: whoever opens it is asked, and a mail program stops the mails with one request.

RFC 8058: that request comes without cookies from the mail program's servers, so the link itself says for whom.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from revue.inbox.notifications import preferences
from revue.platform.errors import NotFound
from revue.web import views


@csrf_exempt  # the signed token in the address is what allows it, and mail programs have no other
@require_http_methods(["GET", "HEAD", "POST"])
def stop_digest(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the weekly mail is to stop; POST stops it. Programs that only look at links stop nothing."""
    try:
        if request.method == "POST":
            preferences.stop_digest(token)
        else:
            preferences.person_of(token)
    except NotFound:
        return views.missing(request)
    is_stopped = request.method == "POST"
    context = {
        "heading": _("The weekly mail is stopped") if is_stopped else _("Stop the weekly mail?"),
        "is_stopped": is_stopped,
    }
    response = views.document(request, "web/stop.html", context)
    response["Cache-Control"] = "no-store"
    return response
