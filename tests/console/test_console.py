"""The operators' console: who gets in, what it shows, what it loads, and that it changes things by actions."""

import pathlib
import re
import urllib.parse

import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.test import Client

from revue.accounts import actions, queries
from revue.accounts.contracts import Role
from revue.media.models import Clip
from tests.people import client_of, make_person
from tests.published import publish

PAGES = (
    "/admin/",
    "/admin/accounts/person/",
    "/admin/accounts/invitation/",
    "/admin/accounts/invitation/add/",
    "/admin/videos/video/",
    "/admin/media/clip/",
    "/admin/social/comment/",
    "/admin/storage/",
)
ADDRESS = re.compile(r"""(?:src|href|action)=["']([^"']+)["']""")
STYLE_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)""")
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>")
HANDLER = re.compile(r"\son(?:click|load|change|submit|input|error)=")


@pytest.fixture
def admin_id(db):
    return make_person("boss", role=Role.ADMIN)


@pytest.fixture
def admin(admin_id):
    return client_of(admin_id)


@pytest.mark.parametrize("page", PAGES)
def test_visitors_are_sent_to_the_sign_in_of_everyone(db, page):
    answer = Client().get(page, follow=False)
    while answer.status_code == 302 and answer["Location"].startswith("/admin/login/"):
        answer = Client().get(answer["Location"])
    assert answer.status_code == 302
    assert answer["Location"] == f"/sign-in?{urllib.parse.urlencode({'next': page})}"


@pytest.mark.parametrize("goal", ["https://evil.example/", "//evil.example/", "/elsewhere"])
def test_sign_in_leads_back_into_the_console_only(db, goal):
    answer = Client().get("/admin/login/", {"next": goal})
    assert answer["Location"] == "/sign-in?next=%2Fadmin%2F"


def test_a_password_is_not_taken_by_djangos_own_form(admin_id):
    visitor = Client()
    visitor.post("/admin/login/", {"username": "boss", "password": "x", "next": "/admin/"})
    assert "sessionid" not in visitor.cookies


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
@pytest.mark.parametrize("page", PAGES)
def test_nobody_below_an_admin_gets_in(db, role, page):
    answer = client_of(make_person(role=role)).get(page, follow=True)
    assert answer.status_code == 403
    assert b"<form" not in answer.content


@pytest.mark.parametrize("page", PAGES)
def test_an_admin_sees_each_page_and_it_asks_nobody_else_for_anything(admin, page):
    make_person("ana")
    actions.make_invitation()
    answer = admin.get(page)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert not [address for address in ADDRESS.findall(text) if "//" in address]
    assert not INLINE_SCRIPT.search(text)
    assert not HANDLER.search(text)
    for address in set(re.findall(r'href="(/static/[^"]+\.css)"', text)):
        style = pathlib.Path(finders.find(address.removeprefix("/static/"))).read_text()
        assert not [url for url in STYLE_ADDRESS.findall(style) if url.startswith(("http", "//"))]


def test_the_content_policy_is_wider_in_the_console_alone(admin):
    policy = admin.get("/admin/")["Content-Security-Policy"]
    assert "'unsafe-eval'" in policy
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'unsafe-inline'" not in scripts
    assert "http" not in policy
    elsewhere = admin.get("/api/v1/session")["Content-Security-Policy"]
    assert "unsafe" not in elsewhere


def test_what_people_write_is_shown_escaped(admin):
    make_person("ana", name="<script>alert(1)</script>")
    assert b"<script>alert" not in admin.get("/admin/accounts/person/").content


def change(admin, person, **values):
    return admin.post(f"/admin/accounts/person/{person}/change/", values, follow=True)


def test_an_admin_makes_a_moderator_and_closes_an_account(admin):
    ana = make_person("ana")
    change(admin, ana, role="moderator", is_active="on")
    row = get_user_model().objects.get(pk=ana)
    assert (row.role, row.is_active) == ("moderator", True)
    change(admin, ana, role="moderator")
    assert queries.person_ids(["ana"]) == {}


def test_only_role_and_standing_change_here(admin):
    ana = make_person("ana", name="Ana")
    change(admin, ana, role="member", is_active="on", handle="other", name="Other", is_superuser="on")
    row = get_user_model().objects.get(pk=ana)
    assert (row.handle, row.name, row.is_superuser) == ("ana", "Ana", False)


def test_the_last_admin_is_told_why_they_stay(admin, admin_id):
    answer = change(admin, admin_id, role="member", is_active="on")
    assert "This is the last admin" in answer.content.decode()
    assert get_user_model().objects.get(pk=admin_id).role == "admin"


def test_invitations_are_made_and_revoked(admin, admin_id):
    admin.post("/admin/accounts/invitation/add/", {"uses_left": "3", "days": "7"})
    page = admin.get("/admin/accounts/invitation/").content.decode()
    code = re.search(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}", page)[0]
    assert queries.is_invitation_open(code)
    row = re.search(r'name="_selected_action" value="(\d+)"', page)[1]
    admin.post("/admin/accounts/invitation/", {"action": "revoke", "_selected_action": row})
    assert not queries.is_invitation_open(code)


def test_nothing_is_deleted_here(admin):
    ana = make_person("ana")
    assert admin.post(f"/admin/accounts/person/{ana}/delete/", {"post": "yes"}).status_code == 403
    assert get_user_model().objects.filter(pk=ana).exists()


def test_passwords_change_in_the_settings(admin):
    answer = admin.get("/admin/password_change/")
    assert (answer.status_code, answer["Location"]) == (302, "/settings/security")


def test_the_storage_page_names_the_heaviest_and_leads_to_them(admin, settings):
    settings.MAX_PERSON_BYTES = 4_000_000_000
    ana, gone = make_person("ana"), make_person("gone")
    for person, weight in ((ana, 1_000_000_000), (gone, 5_000_000)):
        publish(person)
        Clip.objects.filter(owner_id=person).update(original_bytes=weight)
    get_user_model().objects.filter(pk=gone).update(is_active=False)
    page = admin.get("/admin/storage/").content.decode()
    text = re.sub(r"<[^>]+>|\s+", " ", page)
    text = re.sub(r" +", " ", text)
    assert f"/admin/accounts/person/{ana}/change/" in page
    assert "@ana 1.0 GB 25 % of 4.0 GB" in text
    assert "A closed account 5.0 MB 0 % of 4.0 GB" in text
    assert "Videos as they were sent 1.0 GB" in text
    assert "free on the disk" in text
    assert "/admin/storage/" in admin.get("/admin/").content.decode()


def test_where_a_bucket_keeps_the_files_nothing_is_said_of_the_disk(admin, monkeypatch, settings):
    settings.S3_BUCKET, settings.MEDIA_STORE = "clips-of-ours", "s3"
    monkeypatch.setattr(settings, "S3_ENDPOINT", "http://127.0.0.1:9")
    text = admin.get("/admin/storage/").content.decode()
    assert "In the bucket clips-of-ours" in text
    assert "free on the disk" not in text
