"""Every address Django answers. Pages come last: they take what nothing else took."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from revue.api.live import live
from revue.api.v1 import api
from revue.platform import views as platform
from revue.web import media

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", platform.healthz),
    path("readyz", platform.readyz),
    path("metrics", platform.numbers),
    path("admin/", admin.site.urls),
    path("_allauth/", include("allauth.headless.urls")),
    path("api/v1/", api.urls),
    path("live", live),
    path("media/<path:key>", media.serve),
]
