"""People as actions and queries make and show them: roles, closing, deletion, cards, visitors."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import RequestFactory

from revue.accounts import actions, hooks, queries, visitors
from revue.accounts.contracts import OPERATOR, VISITOR, PersonCard, Role, Viewer
from revue.accounts.errors import BadHandle, HandleTaken, LastAdmin
from revue.platform import clock, ids, jobs, storage
from revue.platform.errors import NotAllowed, NotFound, SignInNeeded
from tests.accounts.conftest import Browser
from tests.accounts.pictures import picture
from tests.people import make_person, viewer_of


def people():
    return get_user_model().objects


def test_a_person_made_without_a_password_cannot_sign_in_by_one():
    person = people().get(pk=make_person("ana"))
    assert not person.has_usable_password()
    assert person.home_region == "local"


def test_a_person_made_by_the_operator_signs_in_by_address(browser):
    make_person("ana", password="a-long-enough-secret", email="Ana@Example.org")
    assert browser.sign_in(email="ana@example.org").status_code == 200


def test_a_handle_that_is_taken_or_reserved_makes_nobody():
    make_person("ana")
    with pytest.raises(HandleTaken):
        make_person("ANA")
    with pytest.raises(BadHandle):
        make_person("admin")
    assert people().count() == 1


def test_an_admin_may_have_a_reserved_handle():
    make_person("admin", role=Role.ADMIN)
    assert people().get().handle == "admin"


# --- roles -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
def test_nobody_below_an_admin_hands_out_roles_closes_accounts_or_invites(role):
    person = make_person()
    actor = viewer_of(make_person(role=role), role=role)
    for change in (
        lambda: actions.set_role(actor=actor, person_id=person, role=Role.ADMIN),
        lambda: actions.set_active(actor=actor, person_id=person, is_active=False),
        lambda: actions.make_invitation(actor=actor),
        lambda: actions.revoke_invitation(actor=actor, code="x"),
    ):
        with pytest.raises(NotAllowed):
            change()
    row = people().get(pk=person)
    assert (row.role, row.is_active) == ("member", True)


def test_an_admin_may_enter_the_console_and_a_moderator_may_not():
    admin, moderator = make_person(role=Role.ADMIN), make_person(role=Role.MODERATOR)
    assert people().get(pk=admin).is_staff
    assert people().get(pk=admin).is_superuser
    assert not people().get(pk=moderator).is_staff
    actions.set_role(actor=OPERATOR, person_id=moderator, role=Role.ADMIN)
    actions.set_role(actor=OPERATOR, person_id=admin, role=Role.MEMBER)
    assert not people().get(pk=admin).is_superuser
    assert people().get(pk=moderator).is_superuser


def test_the_last_admin_stays():
    admin = make_person(role=Role.ADMIN)
    for change in (
        lambda: actions.set_role(actor=OPERATOR, person_id=admin, role=Role.MEMBER),
        lambda: actions.set_active(actor=OPERATOR, person_id=admin, is_active=False),
        lambda: actions.delete_person(person_id=admin),
    ):
        with pytest.raises(LastAdmin):
            change()
    assert people().get(pk=admin).is_staff


def test_a_closed_account_is_seen_nowhere_and_can_be_opened_again():
    person = make_person("ana")
    actions.set_active(actor=OPERATOR, person_id=person, is_active=False)
    assert queries.person_cards([person]) == {}
    assert queries.person_ids(["ana"]) == {}
    with pytest.raises(NotFound):
        queries.profile(viewer=VISITOR, handle="ana")
    actions.set_active(actor=OPERATOR, person_id=person, is_active=True)
    assert queries.person_ids(["ANA"]) == {"ana": person}


def test_changes_of_somebody_unknown_say_so():
    with pytest.raises(NotFound):
        actions.set_role(actor=OPERATOR, person_id=1, role=Role.MODERATOR)


# --- cards -----------------------------------------------------------------------------------------------------


def test_cards_of_many_people_cost_one_select(django_assert_num_queries):
    ana, bea = make_person("ana", name="Ana Lima"), make_person("bea")
    with django_assert_num_queries(1):
        cards = queries.person_cards([ana, bea, ana, 12345])
    assert cards == {ana: PersonCard(ana, "ana", "Ana Lima", None), bea: PersonCard(bea, "bea", "", None)}
    with django_assert_num_queries(0):
        assert queries.person_cards([]) == {}


def test_a_profile_knows_its_owner(django_assert_num_queries):
    ana = make_person("ana")
    with django_assert_num_queries(2):
        assert queries.profile(viewer=viewer_of(ana), handle="Ana").is_self
        assert not queries.profile(viewer=VISITOR, handle="ana").is_self


# --- viewers ---------------------------------------------------------------------------------------------------


def test_a_visitor_without_a_cookie_costs_no_query_and_gets_no_key(django_assert_num_queries):
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        assert queries.viewer_for(request) == Viewer()


def test_a_visitor_keeps_one_key_that_only_we_can_make():
    seen = []

    def page(request):
        seen.append(actions.recognise_visitor(request))
        seen.append(queries.viewer_for(request))
        return HttpResponse()

    answer = visitors.VisitorMiddleware(page)
    first = answer(RequestFactory().get("/"))
    cookie = first.cookies[visitors.COOKIE]
    assert cookie["httponly"]
    assert cookie["max-age"] == ""  # gone with the browser
    again = RequestFactory()
    again.cookies[visitors.COOKIE] = cookie.value
    assert visitors.COOKIE not in answer(again.get("/")).cookies
    assert len({viewer.session_key for viewer in seen}) == 1
    again.cookies[visitors.COOKIE] = cookie.value[:-1] + ("a" if cookie.value[-1] != "a" else "b")
    assert queries.viewer_for(again.get("/")).session_key == ""


def test_the_key_of_a_signed_in_viewer_is_not_the_sessions_own(browser):
    browser.sign_up("ana")
    request = RequestFactory().get("/")
    request.session, request.user = browser.session, people().get()
    viewer = queries.viewer_for(request)
    assert viewer.person_id == request.user.pk
    assert viewer.session_key
    assert browser.cookies["sessionid"].value not in viewer.session_key
    assert actions.recognise_visitor(request) == viewer


# --- deletion --------------------------------------------------------------------------------------------------


@pytest.fixture
def hook(monkeypatch):
    monkeypatch.setattr(hooks, "_person_deleted", [])
    called = []
    hooks.on_person_deleted(lambda *, person_id: called.append(("below", person_id, people().count())))
    hooks.on_person_deleted(lambda *, person_id: called.append(("above", person_id, people().count())))
    return called


def test_deleting_a_person_leaves_no_row_no_session_and_no_file(hook, browser):
    browser.sign_up("ana", email="ana@example.org")
    person = people().get().pk
    actions.set_avatar(viewer=viewer_of(person), image=picture())
    files = list(storage.local_path(f"avatars/{ids.to_short(person)}").rglob("*.webp"))
    actions.delete_person(person_id=person)
    jobs.run_waiting()
    assert hook == [("above", person, 1), ("below", person, 1)]  # apps above let go first, while the row is there
    assert not people().exists()
    assert not EmailAddress.objects.exists()
    assert not UserSession.objects.exists()
    assert not Session.objects.filter(session_key=browser.cookies["sessionid"].value).exists()
    assert len(files) == 2
    assert not any(file.exists() for file in files)
    assert browser.person is None
    actions.delete_person(person_id=person)


def test_a_hook_that_fails_leaves_the_person_whole(hook):
    def fail(*, person_id: int) -> None:
        raise RuntimeError

    hooks.on_person_deleted(fail)
    person = make_person()
    with pytest.raises(RuntimeError):
        actions.delete_person(person_id=person)
    assert people().filter(pk=person).exists()


# --- sessions --------------------------------------------------------------------------------------------------


def test_people_end_their_own_sessions_only():
    ana_browser, eve_browser = Browser(), Browser()
    ana_browser.sign_up("ana")
    eve_browser.sign_up("eve")
    ana, eve = (viewer_of(people().get(handle=handle).pk) for handle in ("ana", "eve"))
    session = UserSession.objects.get(user_id=ana.person_id).pk
    with pytest.raises(NotAllowed):
        actions.end_session(viewer=eve, session_id=session)
    with pytest.raises(SignInNeeded):
        actions.end_session(viewer=VISITOR, session_id=session)
    assert ana_browser.person
    actions.end_session(viewer=ana, session_id=session)
    actions.end_session(viewer=ana, session_id=session)
    assert ana_browser.person is None
    assert eve_browser.person


def test_what_was_noted_of_a_session_goes_when_it_ends(browser):
    browser.sign_up("ana")
    Session.objects.update(expire_date=clock.now())
    assert UserSession.objects.count() == 1
    assert actions.forget_ended_sessions() == 1
    assert not Session.objects.exists()
