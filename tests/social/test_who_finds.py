"""Who finds what of whom: every surface, every relation between two people."""

from collections.abc import Callable

import pytest

from revue.accounts import actions as accounts
from revue.social import actions
from tests.people import make_person, viewer_of
from tests.social.surfaces import (
    LISTED,
    OUTSIDE,
    SOCIAL,
    Asker,
    Stage,
    among_suggested,
    as_card,
    asker,
    by_bytes,
    found,
    in_collection,
    in_everybodys,
    in_explore,
    in_following,
    in_foryou,
    in_grid,
    in_reposts,
    live,
    names,
    on_page,
    read_along,
    set_stage,
    visitor,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_catalogue")]

STRANGER = LISTED | SOCIAL | OUTSIDE | {among_suggested}
FEEDS = {in_foryou, in_everybodys, in_following, in_explore}
HEADER = SOCIAL | {among_suggested}  # of a private account: the person, what they say elsewhere, and who they know
LET_IN = HEADER | {in_grid, as_card, in_following, live, by_bytes, read_along, on_page, in_reposts, in_collection}


def nothing(who: Asker, stage: Stage) -> None:
    """They have nothing to do with each other."""


def follows(who: Asker, stage: Stage) -> None:
    actions.follow_person(viewer=who.viewer, handle=stage.handle)


def is_blocked(who: Asker, stage: Stage) -> None:
    follows(who, stage)
    actions.block_person(viewer=viewer_of(stage.owner), handle="asker")


def blocks(who: Asker, stage: Stage) -> None:
    follows(who, stage)
    actions.block_person(viewer=who.viewer, handle=stage.handle)


def unblocks(who: Asker, stage: Stage) -> None:
    blocks(who, stage)
    actions.unblock_person(viewer=who.viewer, handle=stage.handle)


def mutes(who: Asker, stage: Stage) -> None:
    follows(who, stage)
    actions.mute_person(viewer=who.viewer, handle=stage.handle)


def is_muted(who: Asker, stage: Stage) -> None:
    actions.mute_person(viewer=viewer_of(stage.owner), handle="asker")


def is_restricted(who: Asker, stage: Stage) -> None:
    actions.restrict_person(viewer=viewer_of(stage.owner), handle="asker")


def goes_private(who: Asker, stage: Stage) -> None:
    accounts.change_privacy(viewer=viewer_of(stage.owner), is_private=True)


def asks(who: Asker, stage: Stage) -> None:
    goes_private(who, stage)
    follows(who, stage)


def is_let_in(who: Asker, stage: Stage) -> None:
    asks(who, stage)
    actions.approve_request(viewer=viewer_of(stage.owner), handle="asker")


def is_removed(who: Asker, stage: Stage) -> None:
    is_let_in(who, stage)
    actions.remove_follower(viewer=viewer_of(stage.owner), handle="asker")


def opens_again(who: Asker, stage: Stage) -> None:
    asks(who, stage)
    accounts.change_privacy(viewer=viewer_of(stage.owner), is_private=False)


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (nothing, STRANGER),
        (follows, STRANGER | {in_following}),
        (is_blocked, OUTSIDE),
        (blocks, OUTSIDE),
        (unblocks, STRANGER),
        (mutes, STRANGER - FEEDS),
        (is_muted, STRANGER),
        (is_restricted, STRANGER),
        (goes_private, HEADER),
        (asks, HEADER),
        (is_let_in, LET_IN),
        (is_removed, HEADER),
        (opens_again, STRANGER | {in_following}),
    ],
)
def test_what_a_person_finds_of_another(relation: Callable[[Asker, Stage], None], expected: set) -> None:
    stage, who = set_stage("star"), asker(make_person("asker"))
    relation(who, stage)
    assert found(who, stage) == names(expected)


@pytest.mark.parametrize(("relation", "expected"), [(nothing, STRANGER - {among_suggested}), (goes_private, SOCIAL)])
def test_what_a_visitor_finds(relation: Callable[[Asker, Stage], None], expected: set) -> None:
    stage, who = set_stage("star"), visitor()
    relation(who, stage)
    assert found(who, stage) == names(expected)
