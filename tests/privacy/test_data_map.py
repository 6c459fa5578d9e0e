"""The data map against the real database, the installed apps and the answers' cookies."""

import re

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.db.models import CASCADE
from django.test import Client

from revue.privacy import page
from revue.privacy.data_map import COOKIES, TABLES, Personal, Plain
from tests.accounts.conftest import Browser

PARTITION = re.compile(r"events_event_(default|\d{8})")


def database_columns() -> dict[str, set[str]]:
    """Table → columns, as PostgreSQL knows them; partitions are their parent's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
        rows = cursor.fetchall()
    found: dict[str, set[str]] = {}
    for table, column in rows:
        if not PARTITION.fullmatch(table):
            found.setdefault(table, set()).add(column)
    return found


def declared(field):
    table = TABLES.get(field.model._meta.db_table)
    return table.columns.get(field.column) if table else None


def models():
    return apps.get_models(include_auto_created=True)


def test_every_column_of_the_database_is_declared_and_nothing_else(db):
    found = {f"{table}.{column}" for table, columns in database_columns().items() for column in columns}
    mapped = {f"{table.name}.{column}" for table in TABLES.values() for column in table.columns}
    assert found - mapped == set()
    assert mapped - found == set()


def test_every_field_of_every_installed_app_is_declared():
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in models()
        for field in model._meta.local_concrete_fields
        if field.column and declared(field) is None
    ]
    assert missing == []


def test_every_tie_to_a_person_is_personal():
    person = apps.get_model("accounts", "Person")
    for model in models():
        for field in model._meta.local_concrete_fields:
            if field.related_model is person:
                assert isinstance(declared(field), Personal), field


def test_every_tie_to_a_person_goes_with_the_person():
    person = apps.get_model("accounts", "Person")
    ties = [field for model in models() for field in model._meta.local_concrete_fields if field.related_model is person]
    assert ties
    assert [str(field) for field in ties if field.remote_field.on_delete is not CASCADE] == []


def test_each_declaration_says_what_for_how_long_and_what_erases_it():
    for table in TABLES.values():
        assert table.holds
        if table.is_personal:
            assert table.retention, table.name
            assert table.erased_by, table.name
        for column in table.columns.values():
            assert column.reason if isinstance(column, Plain) else column.purpose


def test_secrets_are_not_exported():
    secrets = {"password", "session_key", "session_data"}
    for table in TABLES.values():
        for name, column in table.columns.items():
            if name in secrets:
                assert isinstance(column, Personal)
                assert not column.exported


def test_no_answer_sets_a_cookie_that_is_not_declared(db):
    cache.clear()
    declared = {cookie.name: cookie for cookie in COOKIES}
    visitor, member = Client(), Browser()
    for path in ("/healthz", "/admin/", "/_allauth/browser/v1/auth/session"):
        visitor.get(path)
    member.sign_up("ana")
    for cookies in (visitor.cookies, member.cookies):
        for name, cookie in cookies.items():
            assert declared[name].is_readable_by_scripts is not bool(cookie["httponly"])
    assert "sessionid" not in visitor.cookies


def test_the_page_in_the_docs_is_the_map():
    assert page.PAGE.read_text(encoding="utf-8") == page.render(), "run scripts/docs"


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_page_names_every_table(table):
    assert table in page.render()
