"""An allowance is spent once by everyone together, and comes back with time."""

import datetime
import threading

import pytest
from django.db import connection

from revue.platform import clock, limits
from revue.platform.errors import RateLimited


@pytest.mark.django_db
def test_the_use_after_the_last_is_refused_and_says_when_to_come_back() -> None:
    for _ in range(3):
        limits.check("comment", key="ana", per_minute=3)
    with pytest.raises(RateLimited) as refused:
        limits.check("comment", key="ana", per_minute=3)
    assert 1 <= refused.value.data["retry_after_s"] <= 20


@pytest.mark.django_db
def test_people_and_names_have_allowances_of_their_own() -> None:
    limits.check("comment", key="ana", per_minute=1)
    limits.check("comment", key="ben", per_minute=1)
    limits.check("like", key="ana", per_minute=1)
    with pytest.raises(RateLimited):
        limits.check("comment", key="ana", per_minute=1)


@pytest.mark.django_db
def test_an_allowance_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    limits.check("comment", key="ana", per_minute=1)
    later = clock.now() + datetime.timedelta(seconds=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    limits.check("comment", key="ana", per_minute=1)


@pytest.mark.django_db
def test_the_hour_is_asked_beside_the_minute() -> None:
    for _ in range(2):
        limits.check("comment", key="ana", per_minute=10, per_hour=2)
    with pytest.raises(RateLimited) as refused:
        limits.check("comment", key="ana", per_minute=10, per_hour=2)
    assert refused.value.data["retry_after_s"] > 60


@pytest.mark.django_db
def test_the_day_is_asked_too() -> None:
    limits.check("ask", key="ana", per_day=1)
    with pytest.raises(RateLimited) as refused:
        limits.check("ask", key="ana", per_day=1)
    assert refused.value.data["retry_after_s"] > 3600


@pytest.mark.django_db
def test_no_key_stands_in_the_table_as_it_was_given() -> None:
    limits.check("sign-in", key="192.0.2.7", per_minute=5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM platform_limit")
        assert "192.0.2.7" not in str(cursor.fetchall())


@pytest.mark.django_db
def test_allowances_that_are_whole_again_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    limits.check("comment", key="ana", per_minute=1)
    later = clock.now() + datetime.timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    limits.forget_old()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM platform_limit")
        assert cursor.fetchone()[0] == 0


@pytest.mark.django_db(transaction=True)
def test_many_at_once_spend_no_more_than_there_is() -> None:
    passed: list[int] = []

    def try_often(number: int) -> None:
        try:
            for _ in range(10):
                try:
                    limits.check("comment", key="ana", per_minute=12)
                    passed.append(number)
                except RateLimited:
                    continue
        finally:
            connection.close()

    threads = [threading.Thread(target=try_often, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 12 <= len(passed) <= 13  # a slow run may see the first use come back
