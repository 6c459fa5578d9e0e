"""Every address Django answers. Pages come last: they take what nothing else took."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("_allauth/", include("allauth.headless.urls")),
]
