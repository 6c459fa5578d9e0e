"""Rows and files held against each other."""

import pathlib

import pytest

from revue import cli
from revue.media import actions, policy, queries
from revue.media.actions import weigh
from revue.media.models import Clip
from revue.platform import jobs, storage
from tests.media import films
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_missing_files_and_strays_are_found_and_only_strays_removed(tmp_path: pathlib.Path) -> None:
    person = make_person("weigher")
    clip_id = actions.adopt_file(owner_id=person, path=films.film(tmp_path / "a.mp4", seconds=1))
    jobs.run_waiting()
    first = policy.clip_key(clip_id, policy.POSTER)
    assert storage.exists(first), "pages that are open still show it"
    actions.delete_poster(clip_id=clip_id, key=first)  # as a job does a quarter of an hour later
    actions.delete_poster(clip_id=clip_id, key=Clip.objects.get(pk=clip_id).poster_key)
    clean = actions.check_files(older_than_s=-5)
    assert (clean.clips, clean.missing, clean.strays) == (1, [], [])
    stray, sprite = policy.clip_key(clip_id, "left.mp4"), policy.clip_key(clip_id, policy.SPRITE)
    storage.put_bytes(stray, b"1234")
    storage.delete(sprite)
    assert actions.check_files().strays == [], "it is young: a run may just be making it"
    found = actions.check_files(older_than_s=-5)
    assert (found.missing, found.strays, found.stray_bytes) == ([sprite], [stray], 4)
    assert storage.exists(stray)
    actions.check_files(removes=True, older_than_s=-5)
    assert not storage.exists(stray)
    assert storage.exists(policy.clip_key(clip_id, policy.PREVIEW))


def test_usage_says_whose_files_weigh_how_much(tmp_path: pathlib.Path) -> None:
    light, heavy = make_person("light"), make_person("heavy")
    for person, seconds in ((light, 1), (heavy, 3)):
        actions.adopt_file(owner_id=person, path=films.film(tmp_path / f"{seconds}.mp4", seconds=seconds))
    jobs.run_waiting()
    first, second = queries.usage()
    assert (first.owner_id, second.owner_id) == (heavy, light)
    assert first.sent_bytes == Clip.objects.get(owner_id=heavy).original_bytes
    assert queries.totals().sent_bytes == first.sent_bytes + second.sent_bytes
    assert weigh.weigh_clips() == 2
    lying = [file for clip in Clip.objects.all() for file in storage.files(policy.clip_folder(clip.pk))]
    totals = queries.totals()
    assert totals.made_bytes == sum(file.bytes for file in lying)
    assert min(totals.renditions, totals.sounds, totals.pictures) > 0


def test_the_commands_are_there() -> None:
    arguments = cli.make_parser().parse_args(["media", "check", "--remove"])
    assert (arguments.action, arguments.remove) == ("check", True)
