"""What people write to each other on a walk, in the product and in the plain model beside it."""

import contextlib
import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from revue.accounts.contracts import Viewer
from revue.inbox.messages import actions, queries, sending
from revue.inbox.messages.contracts import ConversationView, Folder, MessageView
from revue.inbox.messages.errors import ConversationNotFound
from revue.platform import ids
from revue.platform.errors import NotFound, RevueError
from tests.social.plain import Model
from tests.social.plain_talks import Letter, Talk, Talks
from tests.social.surfaces import Asker, Stage

STEPS = ("write", "write", "write", "write_back", "accept", "read_talk", "mute_talk", "drop_talk", "unsend")
PAGE = 50


class TalkWalk:
    """Steps and looks of `World` that have to do with messages."""

    def __init__(self, model: Model, people: Sequence[Asker], stages: Sequence[Stage], chance: random.Random) -> None:
        self._talks, self._model, self._chance = Talks(model), model, chance
        self._people, self._stages = people, stages
        self._by_owner = {stage.owner: number for number, stage in enumerate(stages)}
        self._written = 0

    def step(self, name: str, one: int, other: int) -> None:
        """To somebody new, or with one of those whom one has written with."""
        act: Callable[[int, int], None] = getattr(self, f"_{name}")
        act(one, other if name == "write" else self._known(one, other))

    def _known(self, one: int, other: int) -> int:
        known = [who for who in self._model.people if who != one and self._talks.between(one, who)]
        return self._chance.choice(known) if known else other

    def _viewer(self, one: int) -> Viewer:
        return self._people[one].viewer

    def _write(self, one: int, other: int) -> None:
        self._written += 1
        video = self._chance.choice(self._model.people) if self._chance.random() < 0.3 else None
        letter = Letter(one, f"Letter {self._written}", video)
        made: list[MessageView] = []
        with contextlib.suppress(RevueError):
            made.append(
                sending.send_message(
                    viewer=self._viewer(one),
                    handle=self._stages[other].handle,
                    text=letter.text,
                    video_id=None if video is None else self._stages[video].video,
                )
            )
        heard = self._talks.write(letter, other)
        assert bool(made) is (heard is not None), f"letter of {one} to {other}"
        if made:
            letter.id = made[0].id
            talk = self._talks.between(one, other)
            assert talk is not None
            talk.id = talk.id or queries.conversation_with(viewer=self._viewer(one), handle=self._handle(other)).id or 0

    _write_back = _write

    def _accept(self, one: int, other: int) -> None:
        self._with_talk(actions.accept_request, self._talks.accept, one, other)

    def _drop_talk(self, one: int, other: int) -> None:
        self._with_talk(actions.delete_conversation, self._talks.drop, one, other)

    def _read_talk(self, one: int, other: int) -> None:
        newest = next((letter.id for letter in self._talks.letters(one, other)), 0)
        self._with_talk(actions.mark_read, self._talks.read, one, other, message_id=newest)

    def _mute_talk(self, one: int, other: int) -> None:
        is_muted = self._chance.random() < 0.5
        self._with_talk(
            actions.mute_conversation,
            lambda *pair: self._talks.mute(*pair, is_muted=is_muted),
            one,
            other,
            is_muted=is_muted,
        )

    def _unsend(self, one: int, other: int) -> None:
        talk = self._talks.between(one, other)
        if talk is None or not talk.letters:
            return
        letter = self._chance.choice(talk.letters[-10:])
        done = is_done(lambda: actions.unsend_message(viewer=self._viewer(one), message_id=letter.id))
        assert done is self._talks.unsend(one, other, letter), f"{one} takes back what {letter.by} wrote"

    def _with_talk(
        self,
        act: Callable[..., object],
        in_model: Callable[[int, int], bool],
        one: int,
        other: int,
        **more: Any,
    ) -> None:
        talk = self._talks.between(one, other)
        if talk is not None:
            done = is_done(lambda: act(viewer=self._viewer(one), conversation_id=talk.id, **more))
            assert done is in_model(one, other), f"{in_model} of {one} with {other}"

    # What they find.

    def look(self, one: int, other: int) -> None:
        """What one finds of what one and another have written, and in the lists of all that they have."""
        self.check(one, self._known(one, other))

    def check(self, one: int, other: int) -> None:
        """The same of these two."""
        self._check_talk(one, other)
        self._check_lists(one)

    def _check_talk(self, one: int, other: int) -> None:
        talk = self._talks.between(one, other)
        if self._model.apart(one, other):
            with pytest.raises(NotFound):
                queries.conversation_with(viewer=self._viewer(one), handle=self._handle(other))
        else:
            view = queries.conversation_with(viewer=self._viewer(one), handle=self._handle(other))
            assert self._as_told(view) == self._expected(one, other), f"{one} with {other}"
        if talk is not None:
            self._check_letters(one, other, talk)

    def _as_told(self, view: ConversationView) -> tuple[Any, ...]:
        last = (view.last.kind.value, view.last.text, view.last.is_mine) if view.last else None
        return view.state.value, view.why_not, view.asks_left, view.unread, view.is_muted, last

    def _expected(self, one: int, other: int) -> tuple[Any, ...]:
        talk, letters = self._talks.between(one, other), self._talks.letters(one, other)
        return (
            self._talks.state(one, other),
            self._talks.why_not(one, other),
            self._talks.asks_left(one, other),
            self._talks.unread(one, other),
            talk is not None and talk.sides[one].is_muted,
            (_kind(letters[0]), letters[0].text, letters[0].by == one) if letters else None,
        )

    def _check_letters(self, one: int, other: int, talk: Talk) -> None:
        if self._model.apart(one, other):
            with pytest.raises(ConversationNotFound):
                queries.messages(viewer=self._viewer(one), conversation_id=talk.id)
            return
        page = queries.messages(viewer=self._viewer(one), conversation_id=talk.id, limit=PAGE)
        assert [_seen(message) for message in page.messages] == [
            (letter.id, letter.text, letter.by == one, letter.is_unsent, self._talks.video_state(one, other, letter))
            for letter in self._talks.letters(one, other)[:PAGE]
        ], f"letters of {one} and {other}"
        read = self._talks.read_up_to(one, other)
        known = {letter.moment: letter.id for letter in talk.letters}
        if read in known or not read:  # what both have deleted has no number any more
            assert page.read_up_to == known.get(read)
        third = self._chance.choice(self._model.people)
        if third not in (one, other):
            with pytest.raises(ConversationNotFound):
                queries.messages(viewer=self._viewer(third), conversation_id=talk.id)

    def _check_lists(self, one: int) -> None:
        for folder in Folder:
            page = queries.conversations(viewer=self._viewer(one), folder=folder, limit=PAGE)
            found = [self._by_owner[view.person.id] for view in page.conversations]
            expected = self._talks.listed(one, are_requests=folder is Folder.REQUESTS)
            assert found == expected[:PAGE], f"{folder} of {one}"
        unread = queries.unread(person_id=self._stages[one].owner)
        assert (unread.messages, unread.requests) == self._talks.counts(one), f"unread of {one}"

    def check_told(self, told: Sequence[tuple[str, str, dict[str, Any]]]) -> None:
        """Of a message those two hear at once who find it, and nobody else."""
        for topic, event, data in told:
            if event == "message":
                listener = self._by_owner[ids.from_short(topic.removeprefix("person:"))]
                by = self._by_owner[ids.from_short(data["by"])]
                other = next(who for who in self._model.people if self._is_of(data, by, who))
                assert listener in (by, other)
                newest = self._talks.letters(listener, other if listener == by else by)[0]
                assert newest.id == ids.from_short(data["message_id"])

    def _is_of(self, data: dict[str, Any], by: int, other: int) -> bool:
        talk = self._talks.between(by, other)
        return talk is not None and talk.id == ids.from_short(data["conversation_id"])

    def _handle(self, one: int) -> str:
        return self._stages[one].handle


def is_done(act: Callable[[], object]) -> bool:
    """Whether the product does it."""
    with contextlib.suppress(RevueError):
        act()
        return True
    return False


def _kind(letter: Letter) -> str:
    if letter.is_unsent:
        return "unsent"
    return "text" if letter.video is None else "video"


def _seen(message: MessageView) -> tuple[Any, ...]:
    video = message.video.state.value if message.video else None
    return message.id, message.text, message.is_mine, message.is_unsent, video
