"""Two people at the same moment, on two real connections."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from revue.accounts import actions, queries
from revue.accounts.contracts import OPERATOR, Role
from revue.accounts.errors import HandleTaken, LastAdmin
from tests.accounts.conftest import Browser, errors_of
from tests.people import viewer_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Run calls in threads that start together; answers what each returned or raised."""
    gate, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number, call):
        gate.wait()
        try:
            results[number] = call()
        except Exception as error:  # noqa: BLE001 - the test reads it
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_one_invitation_lets_one_of_two_simultaneous_sign_ups_in(settings):
    settings.INVITE_ONLY = True
    code = actions.make_invitation()
    first, second = at_once(
        lambda: Browser().sign_up("ana", invitation=code), lambda: Browser().sign_up("bea", invitation=code)
    )
    assert sorted([first.status_code, second.status_code]) == [200, 400]
    refused = first if first.status_code == 400 else second
    assert errors_of(refused) == {"invitation": "bad_invitation"}
    assert get_user_model().objects.count() == 1
    assert not queries.is_invitation_open(code)


def test_one_handle_goes_to_one_of_two_simultaneous_sign_ups():
    first, second = at_once(lambda: Browser().sign_up("ana"), lambda: Browser().sign_up("Ana"))
    assert sorted([first.status_code, second.status_code]) == [200, 400]
    refused = first if first.status_code == 400 else second
    assert set(errors_of(refused).values()) <= {"handle_taken", "username_taken"}
    assert get_user_model().objects.count() == 1


def test_one_handle_goes_to_one_of_two_who_change_to_it():
    people = [actions.create_person(handle=handle) for handle in ("ana", "bea")]
    results = at_once(
        *(lambda person=person: actions.update_profile(viewer=viewer_of(person), handle="cleo") for person in people)
    )
    assert {type(result) for result in results} == {type(None), HandleTaken}


def test_two_admins_who_demote_each_other_leave_one():
    people = [actions.create_person(handle=handle, role=Role.ADMIN) for handle in ("ana", "bea")]
    results = at_once(
        *(
            lambda person=person: actions.set_role(actor=OPERATOR, person_id=person, role=Role.MEMBER)
            for person in people
        )
    )
    assert {type(result) for result in results} == {type(None), LastAdmin}
