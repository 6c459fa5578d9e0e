"""A random walk among people who follow, ask, block, mute, go private, talk and pass on, beside a plain model of it.

After each step the two whom it concerned look at each other, by surfaces chosen by chance: what they find, count and
are told is what the model says, no more and no less. `walk` is for long ones; the tests let hypothesis choose
the steps of short ones.
"""

import datetime
import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from revue.accounts import actions as accounts
from revue.accounts.contracts import Circle
from revue.events import queries as events
from revue.feed import kept
from revue.inbox.messages import sending
from revue.inbox.models import Notice
from revue.inbox.notifications import actions as inbox_actions
from revue.inbox.notifications import queries as inbox
from revue.inbox.notifications.contracts import NoticeView
from revue.platform import bus, clock, ids
from revue.search import actions as index
from revue.social import actions, queries
from revue.social.contracts import CommentOrder, CommentView, FollowList
from revue.videos import actions as videos
from revue.videos.contracts import Visibility
from tests.social import surfaces as at
from tests.social import walk_talks
from tests.social.plain import Model, Note, Remark
from tests.social.surfaces import Asker, Page, Stage, Surface, asker, set_stage, visitor
from tests.social.walk_talks import TalkWalk, is_done

PAGE = 50
STEPS = (
    *("follow", "follow", "unfollow", "approve", "decline", "remove", "block", "unblock", "unblock", "mute", "unmute"),
    *("restrict", "unrestrict", "close", "open", "open", "like", "unlike", "save", "unsave", "repost", "unrepost"),
    *("share", "say", "say", "say", "answer", "answer", "edit", "delete", "approve_remark", "like_remark", "show_to"),
    *("switch", "read_inbox"),
    *walk_talks.STEPS,
)
# Steps that end something, or answer the other: among many people hardly any two chosen by chance have it.
ENDS = {
    "unfollow": "follows",
    "unblock": "blocks",
    "unmute": "mutes",
    "unrestrict": "restricts",
    "unlike": "likes",
    "unsave": "saves",
    "unrepost": "reposts",
}
ANSWERS = {"remove": "follows", "approve": "asks", "decline": "asks"}
AUDIENCES = ("everyone", "everyone", "followers", "friends", "only_me", "unlisted")
SWITCHES: dict[str, Callable[[bool], dict[str, Any]]] = {
    "secretive": lambda is_on: {"who_sees_lists": Circle.NOBODY if is_on else Circle.EVERYONE},
    "shy": lambda is_on: {"is_suggested": not is_on},
    "unnamed": lambda is_on: {"who_mentions": Circle.NOBODY if is_on else Circle.EVERYONE},
    "silent": lambda is_on: {"who_messages": Circle.NOBODY if is_on else Circle.EVERYONE},
}
# What one finds of another, and whether they should.
PAIRS: dict[Surface, Callable[[Model, int, int], bool]] = {
    at.on_profile: lambda model, one, other: not model.apart(one, other),
    at.in_grid: lambda model, one, other: model.watches(one, other) and model.audience[other] != "unlisted",
    at.as_card: Model.watches,
    at.by_bytes: Model.watches,
    at.live: Model.watches,
    at.read_along: Model.watches,
    at.under_sound: Model.lists,
    at.searched: Model.lists,
    at.searched_by_its_words: Model.lists,
    at.passed_on: Model.lists,
    at.in_comments: lambda model, one, other: not model.apart(one, other),
    at.in_lists: lambda model, one, other: not model.apart(one, other),
    at.searched_for: lambda model, one, other: not model.apart(one, other),
    at.typed: lambda model, one, other: (
        not model.apart(one, other) and (other not in model.shy or (one, other) in model.follows)
    ),
    at.among_suggested: lambda model, one, other: (
        model.names(one, other) and (other not in model.shy or (one, other) in model.follows)
    ),
    at.in_reposts: Model.sees,
    at.in_collection: Model.sees,
}
# The same of pages that are fetched.
FETCHED: dict[Surface, Callable[[Model, int, int], bool]] = {
    at.on_page: Model.watches,
    at.on_plain_profile: Model.lists,
    at.on_plain_tag: Model.lists,
}
# What everybody finds of one, without an account.
OUTSIDE: dict[Surface, Callable[[Model, int], bool]] = {
    at.in_atom: Model.is_public,
    at.by_oembed: Model.is_public,
    at.embedded: Model.is_public,
    at.on_plain_tag: Model.is_public,
    at.on_page: lambda model, other: model.audience[other] in ("everyone", "unlisted") and other not in model.closed,
}
# Whole pages, and whose videos stand on them. The first are made of what was there a while ago: they may lack some.
LATE_PAGES = (at.foryou, at.everybodys, at.explored)
PAGES: dict[Page, Callable[[Model, int, int], bool]] = {
    **dict.fromkeys(LATE_PAGES, lambda model, one, other: model.lists(one, other) and (one, other) not in model.mutes),
    at.following: Model.follows_in,
    at.tag_page: Model.lists,
}


class World:
    """People, what they did, and the model beside them."""

    def __init__(
        self, handles: Sequence[str], begins_at: datetime.datetime, patch: pytest.MonkeyPatch, chance: random.Random
    ) -> None:
        self._now, self._chance = begins_at, chance
        patch.setattr(clock, "now", lambda: self._now)
        self.stages: list[Stage] = [set_stage(handle) for handle in handles]
        self.people: list[Asker] = [asker(stage.owner) for stage in self.stages]
        Notice.objects.all().delete()  # of what the hosts did
        self.model = Model(len(handles))
        self.talks = TalkWalk(self.model, self.people, self.stages, chance)
        patch.setattr(sending, "REQUESTS_PER_DAY", 10_000)  # people of a walk write to everybody
        self._visitor, self._said = visitor(), 0
        self._messages: list[tuple[str, str, dict[str, Any]]] = []
        real = bus.publish
        patch.setattr(bus, "publish", lambda *message: (self._messages.append(message), real(*message)))
        self._by_owner = {stage.owner: number for number, stage in enumerate(self.stages)}
        self._by_video = {stage.video: number for number, stage in enumerate(self.stages)}
        self._remarks: dict[str, Remark] = {}

    def two_for(self, name: str, chance: random.Random) -> tuple[int, int]:
        """Any two people; for a step that ends something mostly two who have it."""
        pairs = ENDS.get(name) or ANSWERS.get(name)
        having: tuple[tuple[int, int], ...] = tuple(getattr(self.model, pairs)) if pairs else ()
        if having and chance.random() < 0.8:
            one, other = chance.choice(having)
            return (other, one) if name in ANSWERS else (one, other)
        one, other = chance.sample(self.model.people, 2)
        return one, other

    def step(self, name: str, one: int, other: int) -> None:
        """In the product and in the model: both find it possible, or neither. A second goes by, for the limits."""
        self._now += datetime.timedelta(seconds=1)
        self._messages.clear()
        if name in walk_talks.STEPS:
            self.talks.step(name, one, other)
            return
        special: Callable[[int, int], None] | None = getattr(self, f"_step_{name}", None)
        if special is not None:
            special(one, other)
            return
        viewer, stage = self.people[one].viewer, self.stages[other]
        with_person = {"viewer": viewer, "handle": stage.handle}
        with_video = {"viewer": viewer, "video_id": stage.video}
        acts: dict[str, Callable[[], object]] = {
            "approve": lambda: actions.approve_request(**with_person),
            "decline": lambda: actions.decline_request(**with_person),
            "remove": lambda: actions.remove_follower(**with_person),
            "close": lambda: self._set_private(one, is_private=True),
            "open": lambda: self._set_private(one, is_private=False),
        }
        for act in ("follow", "unfollow", "block", "unblock", "mute", "unmute", "restrict", "unrestrict"):
            acts[act] = lambda act=act: getattr(actions, f"{act}_person")(**with_person)
        for act in ("like", "unlike", "save", "unsave", "repost", "unrepost", "share"):
            acts[act] = lambda act=act: getattr(actions, f"{act}_video")(**with_video)
        self._agree(is_done(acts[name]), self.model.do(name, one, other), f"{name} of {other} by {one}")

    def _agree(self, is_done: bool, is_possible: bool, what: str) -> None:
        assert is_done is is_possible, what

    def _set_private(self, one: int, *, is_private: bool) -> None:
        accounts.change_privacy(viewer=self.people[one].viewer, is_private=is_private)
        index.index_works(person_id=self.stages[one].owner)  # as the job does

    # Steps that are more than something between two people.

    def _step_switch(self, one: int, _: int) -> None:
        switch, is_on = self._chance.choice([*SWITCHES]), self._chance.random() < 0.5
        accounts.change_privacy(viewer=self.people[one].viewer, **SWITCHES[switch](is_on))
        self.model.switch(switch, one, is_on=is_on)

    def _step_show_to(self, one: int, _: int) -> None:
        audience, stage = self._chance.choice(AUDIENCES), self.stages[one]
        videos.edit_video(viewer=self.people[one].viewer, video_id=stage.video, visibility=Visibility(audience))
        self.model.show_to(one, audience)

    def _step_read_inbox(self, one: int, _: int) -> None:
        newest = inbox.page(viewer=self.people[one].viewer, limit=1).notices
        if newest:
            inbox_actions.mark_read(viewer=self.people[one].viewer, up_to=newest[0].id)
        self.model.read_inbox(one)

    def _step_say(self, one: int, other: int) -> None:
        self._say(one, other, None)

    def _step_answer(self, one: int, other: int) -> None:
        self._say(one, other, self._some(self.model.remarks[other]))

    def _say(self, one: int, other: int, answered: Remark | None) -> None:
        text, named = self._words()
        thread = (answered.thread or answered) if answered else None
        remark = Remark(one, other, text, named, thread, answered)
        made: list[CommentView] = []
        done = is_done(
            lambda: made.append(
                actions.write_comment(
                    viewer=self.people[one].viewer,
                    video_id=self.stages[other].video,
                    text=text,
                    reply_to=answered.id if answered else None,
                )
            )
        )
        self._agree(done, self.model.say(remark), f"words of {one} under {other}")
        if made:
            remark.id, remark.text = made[0].id, made[0].text
            self._remarks[ids.to_short(remark.id)] = remark

    def _step_edit(self, one: int, other: int) -> None:
        remark = self._some([remark for remark in self.model.remarks[other] if remark.by == one])
        if remark is not None:
            text, named = self._words()
            viewer = self.people[one].viewer
            done = is_done(lambda: actions.edit_comment(viewer=viewer, comment_id=remark.id, text=text))
            self._agree(done, self.model.edit(one, remark, text, named), f"edit by {one} under {other}")

    def _step_delete(self, one: int, other: int) -> None:
        remark = self._some(self.model.remarks[self._chance.choice((one, other))])
        if remark is not None:
            viewer = self.people[one].viewer
            done = is_done(lambda: actions.delete_comment(viewer=viewer, comment_id=remark.id))
            self._agree(done, self.model.delete(one, remark), f"deletion by {one} of what {remark.by} says")

    def _step_approve_remark(self, one: int, other: int) -> None:
        remark = self._some([remark for remark in self.model.remarks[one] if remark.is_held])
        if remark is not None:
            by = self._chance.choice((one, one, other))
            viewer = self.people[by].viewer
            done = is_done(lambda: actions.approve_comment(viewer=viewer, comment_id=remark.id))
            self._agree(done, self.model.approve_remark(by, remark), f"{by} lets through what {remark.by} says")

    def _step_like_remark(self, one: int, other: int) -> None:
        remark, is_on = self._some(self.model.remarks[other]), self._chance.random() < 0.7
        if remark is not None:
            act = actions.like_comment if is_on else actions.unlike_comment
            done = is_done(lambda: act(viewer=self.people[one].viewer, comment_id=remark.id))
            self._agree(done, self.model.like_remark(one, remark, is_on=is_on), f"{one} likes words of {remark.by}")

    def _some(self, remarks: Sequence[Remark]) -> Remark | None:
        """One of the latest."""
        return self._chance.choice(remarks[-20:]) if remarks else None

    def _words(self) -> tuple[str, frozenset[int]]:
        """A text that nobody has said before, and whom it names."""
        self._said += 1
        if self._chance.random() < 0.7:
            return f"Words {self._said}", frozenset()
        named = self._chance.randrange(len(self.stages))
        return f"Words {self._said} @{self.stages[named].handle}", frozenset({named})

    # What they find.

    def check(self, one: int, other: int, surfaces: Sequence[Surface] = (*PAIRS, *FETCHED)) -> None:
        """What one finds of the other is what the model says."""
        who, stage = self.people[one], self.stages[other]
        for surface in surfaces:
            expected = (PAIRS | FETCHED)[surface](self.model, one, other)
            assert surface(who, stage) is expected, f"{surface.__name__} of {other} for {one}"

    def check_some(self, one: int, other: int) -> None:
        """By some of the surfaces."""
        self.check(one, other, self._chance.sample([*PAIRS], 2))

    def fetch_one(self, one: int, other: int) -> None:
        """By a page over HTTP, signed in or not."""
        if self._chance.random() < 0.5:
            self.check(one, other, [self._chance.choice([*FETCHED])])
        else:
            self.check_outside(other, [self._chance.choice([*OUTSIDE])])

    def check_a_page(self, one: int, _: int) -> None:
        """One of the pages that many people's videos stand on."""
        self.check_pages(one, [self._chance.choice([*PAGES])])

    def check_pages(self, one: int, pages: Sequence[Page] = tuple(PAGES)) -> None:
        """Whose videos stand on pages that one opens."""
        for page in pages:
            found = {self._by_video[video] for video in page(self.people[one]) & self._by_video.keys()} - {one}
            expected = {other for other in self.model.people if other != one and PAGES[page](self.model, one, other)}
            assert found <= expected, f"{page.__name__} of {one} shows {found - expected}"
            needed = expected & self.model.steady if page in LATE_PAGES else expected
            assert needed <= found, f"{page.__name__} of {one} lacks {needed - found}"

    def check_outside(self, other: int, surfaces: Sequence[Surface] = tuple(OUTSIDE)) -> None:
        """What is for everybody shows what everybody may see."""
        for surface in surfaces:
            shown = surface(self._visitor, self.stages[other])
            assert shown is OUTSIDE[surface](self.model, other), f"{surface.__name__} of {other}"

    def check_numbers(self, one: int, other: int) -> None:
        """What is counted is there."""
        model, stage = self.model, self.stages[other]
        counts = events.counts_of([stage.video])[stage.video]
        marked = [sum(to == other for _, to in marks) for marks in (model.likes, model.saves, model.reposts)]
        assert [counts.likes, counts.saves, counts.reposts - 1] == marked  # the host has passed it on
        assert (counts.comments, counts.shares) == (model.said(other), model.shares[other])
        if model.apart(one, other):
            return
        page = queries.person_page(viewer=self.people[one].viewer, handle=stage.handle)
        marks = (page.is_followed, page.is_follower, page.is_requested, page.asks, page.is_muted, page.is_restricted)
        pair, back = (one, other), (other, one)
        ties = (pair in model.follows, back in model.follows, pair in model.asks, back in model.asks)
        assert marks == (*ties, pair in model.mutes, pair in model.restricts)
        assert page.counts.followers == 1 + sum(to == other for _, to in model.follows)  # and the host

    def check_words(self, one: int, other: int) -> None:
        """What one reads under the other's video, and how many replies they are told there are."""
        model, viewer = self.model, self.people[one].viewer
        asked = {"viewer": viewer, "video_id": self.stages[other].video, "order": CommentOrder.NEWEST, "limit": PAGE}
        if not model.watches(one, other):
            assert not is_done(lambda: queries.comments(**asked))
            return
        expected = model.roots(one, other)[:PAGE]
        found = queries.comments(**asked).page.comments
        assert [_seen(view) for view in found] == [
            (root.id, "" if root.is_deleted else root.text, len(model.replies(one, root)), len(root.liked))
            for root in expected
        ], f"words under {other} for {one}"
        for root in self._chance.sample(expected, min(1, len(expected))):
            below = queries.replies(viewer=viewer, comment_id=root.id, limit=PAGE).comments
            assert [view.id for view in below] == [remark.id for remark in model.replies(one, root)][:PAGE]

    def check_people(self, one: int, other: int) -> None:
        """Who follows the other, as one is told, and who asks to follow one."""
        model, viewer = self.model, self.people[one].viewer
        asked = {"viewer": viewer, "handle": self.stages[other].handle, "which": FollowList.FOLLOWERS, "limit": at.MOST}
        if model.sees(one, other) and (one == other or other not in model.secretive):
            found = {line.card.id for line in queries.follow_list(**asked).people} & self._by_owner.keys()
            expected = {by for by, to in model.follows if to == other and not model.apart(one, by)}
            assert {self._by_owner[owner] for owner in found} == expected
        else:
            assert not is_done(lambda: queries.follow_list(**asked))
        asking = queries.follow_requests(viewer=viewer, limit=at.MOST).people
        assert {self._by_owner[line.card.id] for line in asking} == {by for by, to in model.asks if to == one}

    def check_kept(self, one: int, other: int) -> None:
        """What the other has passed on, as one finds it; and what one likes and keeps themselves."""
        model, viewer = self.model, self.people[one].viewer
        if model.sees(one, other):
            reposts = kept.reposts(viewer, handle=self.stages[other].handle, limit=at.MOST)
            passed = {to for by, to in model.reposts if by == other and model.is_public(to) and model.sees(one, to)}
            assert self._owners(reposts) == passed
        own = self.stages[one].handle
        for shown, marks in ((kept.likes, model.likes), (kept.saves, model.saves)):
            found = self._owners(shown(viewer, handle=own, limit=at.MOST))
            assert found == {to for by, to in marks if by == one and model.watches(one, to)}, shown.__name__
            assert one == other or not is_done(lambda shown=shown: shown(viewer, handle=self.stages[other].handle))

    def _owners(self, page: Any) -> set[int]:
        return {self._by_video[one.card.id] for one in page.videos if one.card.id in self._by_video}

    def check_inbox(self, one: int) -> None:
        """What one is told, how much of it is new, and what would be pushed."""
        model, viewer = self.model, self.people[one].viewer
        assert inbox.unread(person_id=self.stages[one].owner) == model.unread(one), f"badge of {one}"
        notices, expected = inbox.page(viewer=viewer, limit=PAGE).notices, model.inbox(one)[:PAGE]
        assert [self._told(notice) for notice in notices] == [
            (note.kind, note.at, note.is_read, _shown_text(note), len(model.actors(note))) for note in expected
        ], f"inbox of {one}"
        for notice, note in zip(notices, expected, strict=True):
            people = {self._by_owner[card.id] for card in notice.people}
            assert people <= set(model.actors(note))
            assert len(people) == min(3, len(model.actors(note)))

    def check_pushed(self, one: int) -> None:
        """What goes out to browsers is asked once more on its way."""
        model, owner = self.model, self.stages[one].owner
        for row in Notice.objects.filter(person_id=owner, read_at=None).order_by("-pk")[:5]:
            pushed = inbox.one(person_id=owner, notice_id=row.pk)
            (note,) = (note for note in model.notes[one] if not note.is_read and self._is_of(row, note))
            assert (pushed is not None) is model.is_told(note), f"push of {note.kind} to {one}"

    def _is_of(self, row: Notice, note: Note) -> bool:
        video = self.stages[note.at].video if note.at is not None else None
        remark = note.remark.id if note.remark else None
        return (row.kind, row.video_id, row.comment_id) == (note.kind, video, remark)

    def _told(self, notice: NoticeView) -> tuple[Any, ...]:
        about = self._by_video[notice.video.id] if notice.video else None
        return notice.kind.value, about, notice.is_read, notice.text, notice.person_count

    def check_messages(self) -> None:
        """What is told live does not reach whoever is apart from those it tells of."""
        self.talks.check_told(self._messages)
        for topic, event, data in self._messages:
            remark = self._remarks.get(data.get("comment", data).get("id", "")) if topic.startswith("video:") else None
            if remark is None:
                continue
            concerned = {part.by for part in (remark, remark.thread) if part is not None}
            if "reply_count" in data.get("comment", {}):
                concerned |= {reply.by for reply in self.model.replies(None, remark)}
            apart = [one for one in self.model.people if any(self.model.apart(one, by) for by in concerned)]
            others = [one for one in self.model.people if one not in apart]
            for is_apart, people in ((True, apart), (False, others)):
                for one in self._chance.sample(people, min(2, len(people))):
                    unheard = {ids.to_short(person) for person in queries.apart_from(self.stages[one].owner)}
                    hears = unheard.isdisjoint(data.get(bus.ABOUT, ()))
                    assert hears is not is_apart, f"{one} and {event} of {concerned}"


# How they look at each other after a step, and how often: what is dear, seldom.
LOOKS: dict[Callable[[World, int, int], None], float] = {
    World.check_some: 4,
    World.check_words: 4,
    World.check_numbers: 3,
    lambda world, one, _: world.check_inbox(one): 3,
    lambda world, one, _: world.check_pushed(one): 1,
    World.check_people: 1,
    World.check_kept: 1,
    lambda world, one, other: world.talks.look(one, other): 2,
    World.fetch_one: 0.3,
    World.check_a_page: 0.3,
}


def _seen(view: CommentView) -> tuple[int, str, int, int]:
    return view.id, view.text, view.reply_count, view.like_count


def _shown_text(note: Note) -> str:
    return note.remark.text if note.remark else ""


def walk(world: World, *, steps: int, chance: random.Random, looks: int) -> None:
    """Take steps by chance; after each, one of the two looks at the other in `looks` of the ways there are."""
    for _ in range(steps):
        name = chance.choice(STEPS)
        one, other = world.two_for(name, chance)
        world.step(name, one, other)
        world.check_messages()
        for look in chance.choices([*LOOKS], weights=[*LOOKS.values()], k=looks):
            look(world, *chance.sample((one, other), 2))


def look_everywhere(world: World) -> None:
    """What everybody finds of everybody, by everything there is."""
    for one in world.model.people:
        world.check_pages(one)
        world.check_inbox(one)
        world.check_pushed(one)
        world.check_outside(one)
        for other in world.model.people:
            if one != other:
                world.check(one, other)
                world.check_words(one, other)
                world.check_people(one, other)
                world.check_kept(one, other)
                world.check_numbers(one, other)
                world.talks.check(one, other)
