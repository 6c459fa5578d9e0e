"""Every address Django answers. Pages come last: they take what nothing else took."""

from django.urls import URLPattern, URLResolver, include, path

from revue.api import tus
from revue.api.live import live
from revue.api.v1 import api
from revue.console.site import site as console
from revue.platform import views as platform

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", platform.healthz),
    path("readyz", platform.readyz),
    path("metrics", platform.numbers),
    path("admin/", console.urls),
    path("_allauth/", include("revue.accounts.urls")),
    path("api/v1/uploads", tus.uploads),
    path("api/v1/uploads/<str:upload_id>", tus.upload),
    path("api/v1/", api.urls),
    path("live", live),
    path("", include("revue.web.urls")),
]

handler404 = "revue.web.views.missing"
handler500 = "revue.web.views.broken"
