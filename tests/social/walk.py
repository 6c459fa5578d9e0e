"""A random walk among people who follow, ask, block, mute and go private, beside a tiny model of what each then finds.

`walk` is for long ones (the bench); the tests let hypothesis choose the steps.
"""

import contextlib
import dataclasses
import datetime
import random
from collections.abc import Callable, Sequence

from revue.accounts import actions as accounts
from revue.accounts.contracts import Viewer
from revue.events import queries as events
from revue.platform.errors import RevueError
from revue.social import actions, queries
from tests.social.surfaces import (
    Asker,
    Stage,
    Surface,
    among_suggested,
    as_card,
    asker,
    by_bytes,
    in_collection,
    in_comments,
    in_everybodys,
    in_following,
    in_foryou,
    in_grid,
    in_lists,
    in_reposts,
    live,
    on_profile,
    passed_on,
    searched,
    searched_for,
    set_stage,
    typed,
    under_sound,
    under_tag,
)

Pair = tuple[int, int]  # (who does it, to whom), as places in the list of people
Step = tuple[str, int, int]
SURFACES: Sequence[Surface] = (
    *(on_profile, in_grid, as_card, by_bytes, live, under_tag, under_sound, in_following, in_foryou, in_everybodys),
    *(in_comments, in_lists, among_suggested, searched, searched_for, typed, passed_on, in_reposts, in_collection),
)
STEPS = (
    *("follow", "unfollow", "approve", "decline", "remove", "block", "unblock", "mute", "unmute"),
    *("close", "open", "like", "unlike", "say"),
)


@dataclasses.dataclass
class Model:
    """Who is what to whom, as it should be."""

    follows: set[Pair] = dataclasses.field(default_factory=set)
    asks: set[Pair] = dataclasses.field(default_factory=set)
    blocks: set[Pair] = dataclasses.field(default_factory=set)
    mutes: set[Pair] = dataclasses.field(default_factory=set)
    likes: set[Pair] = dataclasses.field(default_factory=set)  # of the other's video
    said: list[Pair] = dataclasses.field(default_factory=list)  # under the other's video
    closed: set[int] = dataclasses.field(default_factory=set)

    def apart(self, one: int, other: int) -> bool:
        return bool({(one, other), (other, one)} & self.blocks)

    def sees(self, one: int, other: int) -> bool:
        return not self.apart(one, other) and (other not in self.closed or (one, other) in self.follows)

    def do(self, name: str, one: int, other: int) -> None:
        """One step, if it is possible."""
        pair, back = (one, other), (other, one)
        if name == "close":
            self.closed.add(one)
        elif name == "open":
            self.closed.discard(one)
            accepted = {ask for ask in self.asks if ask[1] == one}
            self.follows |= accepted
            self.asks -= accepted
        elif name == "block":
            for ties in (self.follows, self.asks, self.likes):
                ties -= {pair, back}
            self.blocks.add(pair)
        elif name in ("unblock", "unmute"):
            (self.blocks if name == "unblock" else self.mutes).discard(pair)
        elif name == "mute":
            self.mutes.add(pair)
        elif not self.apart(one, other):
            self._tie(name, pair, back)

    def _tie(self, name: str, pair: Pair, back: Pair) -> None:
        """What is possible only where no block is between the two."""
        if name == "follow" and pair not in self.follows:
            (self.asks if pair[1] in self.closed else self.follows).add(pair)
        elif name == "unfollow":
            self.follows.discard(pair)
            self.asks.discard(pair)
        elif name == "remove":
            self.follows.discard(back)
        elif name == "approve" and back in self.asks:
            self.follows.add(back)
            self.asks.discard(back)
        elif name == "decline":
            self.asks.discard(back)
        elif self.sees(*pair):
            if name == "like":
                self.likes.add(pair)
            elif name == "unlike":
                self.likes.discard(pair)
            elif name == "say":
                self.said.append(pair)

    def finds(self, one: int, other: int, surface: Surface) -> bool:
        """Whether one finds something of the other's there."""
        is_apart, sees = self.apart(one, other), self.sees(one, other)
        is_listed = sees and other not in self.closed
        is_fed = (one, other) not in self.mutes
        return {
            on_profile: not is_apart,
            under_tag: is_listed,
            under_sound: is_listed,
            in_foryou: is_listed and is_fed,
            in_everybodys: is_listed and is_fed,
            in_following: sees and is_fed and (one, other) in self.follows,
            in_comments: not is_apart,
            in_lists: not is_apart,
            among_suggested: not is_apart,
            searched: is_listed,
            searched_for: not is_apart,
            typed: not is_apart,
            passed_on: is_listed,
        }.get(surface, sees)


class World:
    """People, what they did, and the model beside them."""

    def __init__(
        self, handles: Sequence[str], begins_at: datetime.datetime, set_now: Callable[[datetime.datetime], None]
    ) -> None:
        self.stages: list[Stage] = [set_stage(handle) for handle in handles]
        self.people: list[Asker] = [asker(stage.owner) for stage in self.stages]
        self.model = Model()
        self._set_now, self._now = set_now, begins_at

    def step(self, name: str, one: int, other: int) -> None:
        """In the product and in the model. A second goes by, or the limits would be reached."""
        self._now += datetime.timedelta(seconds=1)
        self._set_now(self._now)
        self.model.do(name, one, other)
        with contextlib.suppress(RevueError):
            self._acts(name, self.people[one].viewer, self.stages[other])

    def _acts(self, name: str, viewer: Viewer, other: Stage) -> None:
        about = {"viewer": viewer, "handle": other.handle}
        acts: dict[str, Callable[[], object]] = {
            "follow": lambda: actions.follow_person(**about),
            "unfollow": lambda: actions.unfollow_person(**about),
            "approve": lambda: actions.approve_request(**about),
            "decline": lambda: actions.decline_request(**about),
            "remove": lambda: actions.remove_follower(**about),
            "block": lambda: actions.block_person(**about),
            "unblock": lambda: actions.unblock_person(**about),
            "mute": lambda: actions.mute_person(**about),
            "unmute": lambda: actions.unmute_person(**about),
            "close": lambda: accounts.change_privacy(viewer=viewer, is_private=True),
            "open": lambda: accounts.change_privacy(viewer=viewer, is_private=False),
            "like": lambda: actions.like_video(viewer=viewer, video_id=other.video),
            "unlike": lambda: actions.unlike_video(viewer=viewer, video_id=other.video),
            "say": lambda: actions.write_comment(viewer=viewer, video_id=other.video, text="Hello"),
        }
        acts[name]()

    def check(self, one: int, other: int, surfaces: Sequence[Surface] = SURFACES) -> None:
        """What one finds of the other is what the model says."""
        who, stage = self.people[one], self.stages[other]
        for surface in surfaces:
            expected = self.model.finds(one, other, surface)
            assert surface(who, stage) is expected, f"{surface.__name__} of {other} by {one}"
        self._check_numbers(one, other)

    def _check_numbers(self, one: int, other: int) -> None:
        model, stage = self.model, self.stages[other]
        assert events.counts_of([stage.video])[stage.video].likes == sum(liked == other for _, liked in model.likes)
        if model.apart(one, other):
            return
        page = queries.person_page(viewer=self.people[one].viewer, handle=stage.handle)
        marks = (page.is_followed, page.is_follower, page.is_requested, page.asks, page.is_muted)
        pair, back = (one, other), (other, one)
        ties = (pair in model.follows, back in model.follows, pair in model.asks, back in model.asks)
        assert marks == (*ties, pair in model.mutes)
        assert page.counts.followers == 1 + sum(followed == other for _, followed in model.follows)  # and the host
        if model.sees(one, other):
            said = queries.comments(viewer=self.people[one].viewer, video_id=stage.video, limit=50).page.comments
            heard = [by for by, at in model.said if at == other and not model.apart(one, by)]
            assert sorted(view.author.id for view in said) == sorted(self.stages[by].owner for by in heard[-50:])


def walk(world: World, *, steps: int, chance: random.Random, surfaces: int = 4) -> None:
    """Take steps by chance; after each, look both ways between the two at some of the surfaces."""
    for _ in range(steps):
        one, other = chance.sample(range(len(world.stages)), 2)
        world.step(chance.choice(STEPS), one, other)
        for pair in ((one, other), (other, one)):
            world.check(*pair, surfaces=chance.sample(SURFACES, surfaces))
