"""Addresses of pages."""

from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from revue.web import codes, embeds, installable, media, newsfeeds, previews, sitemaps, stops, views

urlpatterns = [
    path("", views.home),
    path("following", views.following),
    path("media/<path:key>", media.serve),
    path("robots.txt", views.robots),
    path("sitemap.xml", sitemaps.index),
    re_path(r"^sitemap/videos-(?P<first>\w{1,20})\.xml$", sitemaps.videos),
    re_path(r"^sitemap/people-(?P<first>\w{1,20})\.xml$", sitemaps.people),
    re_path(r"^preview/(?P<video>\w{1,20})\.jpg$", previews.of_video),
    path("oembed", embeds.oembed),
    re_path(r"^embed/(?P<video>\w{1,20})$", embeds.embed),
    path("transparency/ranking", views.ranking),
    path("transparency/ranking.json", views.ranking_file),
    path("transparency/engine.json", views.engine),
    path("manifest.webmanifest", installable.manifest),
    path("offline", installable.offline),
    path("share", installable.share),
    path("search", views.plain, {"title": _("Search"), "part": "search/SearchPage"}),
    path("explore", views.plain, {"title": _("Explore"), "part": "search/ExplorePage"}),
    path("trends", views.plain, {"title": _("Trends"), "part": "search/TrendsPage"}),
    path("upload", views.plain, {"title": _("Upload"), "part": "create/UploadPage"}),
    path("history", views.plain, {"title": _("History"), "part": "history/HistoryPage"}),
    path("studio", views.plain, {"title": _("Your videos"), "part": "studio/StudioPage"}),
    path("inbox", views.plain, {"title": _("Inbox"), "part": "inbox/InboxPage"}),
    path("inbox/stop/<str:token>", stops.stop_digest),
    re_path(r"^messages(?:/@?[\w.]{1,30})?$", views.plain, {"title": _("Messages"), "part": "messages/MessagesPage"}),
    path("sign-in", views.plain, {"title": _("Sign in")}),
    re_path(r"^settings(?:/[a-z-]+)?$", views.plain, {"title": _("Settings"), "part": "settings/SettingsPage"}),
    re_path(r"^@(?P<handle>[\w.]{1,30})$", views.profile),
    re_path(r"^@(?P<handle>[\w.]{1,30})/feed\.atom$", newsfeeds.of_person),
    re_path(r"^@(?P<handle>[\w.]{1,30})/code\.(?P<kind>png|svg)$", codes.of_person),
    re_path(r"^@(?P<handle>[\w.]{1,30})/(?P<video>\w{1,20})$", views.video),
    re_path(r"^@(?P<handle>[\w.]{1,30})/(?P<video>\w{1,20})/code\.(?P<kind>png|svg)$", codes.of_video),
    re_path(r"^@[\w.]{1,30}/\w{1,20}/edit$", views.plain, {"title": _("Edit video"), "part": "create/EditPage"}),
    path("tag/<str:tag>", views.tag),
    path("tag/<str:tag>/feed.atom", newsfeeds.of_tag),
    re_path(r"^sound/(?P<sound>\w{1,20})$", views.sound),
    re_path(r"^collection/\w{1,20}$", views.plain, {"title": _("Collection"), "part": "profile/CollectionPage"}),
    re_path(r"^(?P<path>@[\w.]{1,30}(?:/\w{1,20})?|tag/[^/]+|sound/\w{1,20}|embed/\w{1,20})/$", views.without_slash),
]
