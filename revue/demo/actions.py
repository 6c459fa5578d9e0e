"""Raise the troupe, let it applaud, remove it. Everything it does, it does as people do: through actions."""

import io
import pathlib
import shutil
from collections.abc import Sequence

import structlog
from django.db import transaction

from revue.accounts import actions as accounts
from revue.accounts import queries as people
from revue.accounts.contracts import Viewer
from revue.accounts.errors import HandleTaken
from revue.demo import chatter, locks, queries, terminal
from revue.demo.acts.turn import Turn
from revue.demo.cast import BY_HANDLE, Member
from revue.demo.contracts import Progress, Watcher
from revue.demo.models import Number, Performer, Wish
from revue.demo.pace import Pace
from revue.demo.painter import Painter, painting
from revue.demo.programme import PROGRAMME
from revue.demo.render import portrait
from revue.events import actions as events
from revue.media import queries as media
from revue.platform import jobs, storage
from revue.social import actions as social
from revue.videos import actions as videos
from revue.videos import queries as video_queries

_log = structlog.get_logger(__name__)


def raise_troupe(*, progress: Watcher = terminal.show, turns: Sequence[Turn] = PROGRAMME) -> Progress:
    """Paint and post every turn that is not posted yet. Stops early when somebody removes the troupe.

    It may be killed at any line and run again; two at once never double a clip, the second leaves at once.

    Args:
        progress: told after each clip.
        turns: a part of the programme, for tests and measurements.

    Raises:
        PainterFailed: a clip could not be painted; those before it stay.
    """
    with locks.raising() as is_ours:
        if not is_ours:
            terminal.say("Another process raises the demo troupe already.")
            return queries.progress(turns)
        Wish.objects.update_or_create(id=1, defaults={"is_wanted": True})
        posted = set(Number.objects.values_list("key", flat=True))
        waiting = [turn for turn in turns if turn.key not in posted]
        _raise(waiting, turns, progress)
    return queries.progress(turns)


def raise_if_empty(*, progress: Watcher = terminal.show) -> None:
    """At the instance's start: raise the troupe where nobody has posted, or finish one that was begun."""
    if queries.should_raise():
        raise_troupe(progress=progress)


def _raise(waiting: Sequence[Turn], turns: Sequence[Turn], progress: Watcher) -> None:
    """Post clip after clip; while one is posted the next is being painted."""
    if not waiting:
        progress(queries.progress(turns))
        return
    folder, pace = _clean_folder(), Pace()
    try:
        with painting() as painter:
            _order(painter, waiting[0], folder)
            for turn, following in zip(waiting, [*waiting[1:], None], strict=True):
                performer_id = _person_of(BY_HANDLE[turn.performer])
                painter.wait(turn.key)
                if locks.is_removal_waiting():
                    return
                if following:
                    _order(painter, following, folder)
                _post(turn, performer_id, folder / f"{turn.key}.mp4")
                now = queries.progress(turns)
                _log.info("demo clip posted", key=turn.key, posted=now.posted, total=now.total)
                progress(now)
                pace.keep(turns)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _order(painter: Painter, turn: Turn, folder: pathlib.Path) -> None:
    painter.order(turn.key, folder / f"{turn.key}.mp4", media.ffmpeg().path)


def _clean_folder() -> pathlib.Path:
    """Where clips are painted; what a killed run left there is cleared, as we alone hold the lock."""
    folder = storage.scratch() / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@transaction.atomic
def _post(turn: Turn, author_id: int, path: pathlib.Path) -> None:
    """Hand one clip to the pipeline, with the row that says so."""
    number, is_new = Number.objects.get_or_create(key=turn.key)
    if is_new:
        number.video_id = videos.create_from_file(author_id=author_id, path=path, caption=turn.caption)
        number.save(update_fields=["video"])


def _person_of(member: Member) -> int:
    """The account of a member of the cast, made when it is missing."""
    with transaction.atomic():
        row = Performer.objects.filter(member=member.handle).first()
        person_id = row.person_id if row else _make_person(member)
    card = people.person_cards([person_id]).get(person_id)
    if card is not None and card.avatar_url is None:
        accounts.set_avatar(viewer=Viewer(person_id=person_id), image=io.BytesIO(portrait(member)))
    return person_id


def _make_person(member: Member) -> int:
    try:
        with transaction.atomic():
            person_id = accounts.create_person(handle=member.handle, name=member.name, is_demo=True)
    except HandleTaken:  # by a person of this instance, whose handle it stays
        person_id = accounts.create_person(handle=f"{member.handle}.demo", name=member.name, is_demo=True)
    accounts.update_profile(viewer=Viewer(person_id=person_id), bio=member.bio)
    Performer.objects.create(member=member.handle, person_id=person_id)
    return person_id


@transaction.atomic
def applaud(*, video_id: int) -> None:
    """Let other performers like a clip of the troupe, say a word, and follow each other. Once for each clip."""
    number = Number.objects.select_for_update().filter(video_id=video_id, is_applauded=False).first()
    if number is None:
        return
    number.is_applauded = True
    number.save(update_fields=["is_applauded"])
    cast = dict(Performer.objects.values_list("member", "person_id"))
    likers, speaker, words = chatter.audience(number.key)
    for liker in likers:
        if liker in cast:
            social.like_video(viewer=Viewer(person_id=cast[liker]), video_id=video_id)
    if speaker in cast:
        social.write_comment(viewer=Viewer(person_id=cast[speaker]), video_id=video_id, text=words)
    author_id = video_queries.card(viewer=Viewer(), video_id=video_id).author.id
    _follow(author_id, cast)


def _follow(person_id: int, cast: dict[str, int]) -> None:
    """Follow those of the others who have come by now."""
    member = next(member for member, cast_id in cast.items() if cast_id == person_id)
    handles = {card.id: card.handle for card in people.person_cards(list(cast.values())).values()}
    for other in chatter.follows(member):
        if other in cast:
            social.follow_person(viewer=Viewer(person_id=person_id), handle=handles[cast[other]])


def remove_troupe() -> None:
    """Remove the performers and all that was theirs: clips, files, comments, likes, follows, events and counts.

    A raise that runs is stopped first. What stays is one row that says that no troupe is wanted.
    """
    with locks.removing():
        Wish.objects.update_or_create(id=1, defaults={"is_wanted": False})
        for person_id in people.demo_person_ids():
            _remove(person_id)
        Number.objects.all().delete()
        social.recount()
        shutil.rmtree(storage.scratch() / "demo", ignore_errors=True)
    jobs.run_waiting(queues=["fast"])  # files go by jobs; with the instance stopped nobody else runs them
    terminal.say("The demo troupe has left.")


@transaction.atomic
def _remove(person_id: int) -> None:
    """One performer, with what viewers did with their clips."""
    events.forget_videos(video_ids=video_queries.video_ids_of(author_id=person_id))
    accounts.delete_person(person_id=person_id)
