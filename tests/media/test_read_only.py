"""A disk that is full or takes no writing, for real: one mounted over a folder of ours in a namespace of its own."""

import io
import json
import os
import pathlib
import subprocess
import sys
import textwrap
from typing import Any

import pytest
from django.db import connection

from revue.media import actions, inbox, queries
from revue.media.contracts import ClipState
from revue.media.models import Clip
from revue.platform import clock, storage
from tests.media import films
from tests.mounts import ALONE, can_mount
from tests.people import make_person, viewer_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"'
FULL = 'mount -t tmpfs -o size=16k tmpfs "$0"'


pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not can_mount(), reason=f"no mount namespaces here: {' '.join(ALONE)} fails"),
]
TRANSCODE = """
    from revue.media import actions
    actions.transcode_clip(clip_id=int(sys.argv[1]))
"""
# Two parts of an upload, as far as they go; says what each ended with and how many bytes are there afterwards.
SEND = """
    import io
    from revue.media import actions, inbox
    from revue.platform.errors import RevueError
    from tests.people import viewer_of
    upload_id, owner_id, offset = map(int, sys.argv[1:])
    said = []
    for work in (
        lambda: actions.start_upload(viewer=viewer_of(owner_id), length_bytes=1000),
        lambda: actions.append_bytes(
            viewer=viewer_of(owner_id), upload_id=upload_id, offset=offset, stream=io.BytesIO(bytes(1_000_000))
        ),
    ):
        try:
            work()
        except RevueError as error:
            said.append([error.code, error.status, str(error)])
        else:
            said.append(None)
    print(json.dumps([said, inbox.path(upload_id).stat().st_size]))
"""


def where(mount: str, folder: pathlib.Path, code: str, *words: int) -> Any:
    """Run some Python where `folder` is mounted over; what it printed."""
    folder.mkdir(parents=True, exist_ok=True)
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    program = "import json, sys, django\ndjango.setup()\n" + textwrap.dedent(code)
    run = subprocess.run(
        [*ALONE, "sh", "-c", f'{mount} && exec "$@"', folder, sys.executable, "-c", program, *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "REVUE_DATABASE_URL": url, "REVUE_LOG_LEVEL": "error"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    last = run.stdout.splitlines()[-1] if run.stdout else "null"
    return json.loads(last) if last.startswith(("[", "null")) else None


def uploaded(owner_id: int, film: pathlib.Path) -> int:
    """A clip whose bytes have just arrived."""
    viewer = viewer_of(owner_id)
    upload = actions.start_upload(viewer=viewer, length_bytes=film.stat().st_size)
    with film.open("rb") as stream:
        actions.append_bytes(viewer=viewer, upload_id=upload.id, offset=0, stream=stream)
    return actions.make_clip(owner_id=owner_id, upload_id=upload.id)


@pytest.mark.parametrize(
    ("mount", "folder", "code"),
    [
        (READ_ONLY, "media", "storage_read_only"),  # nothing can be begun
        (READ_ONLY, "media/clips", "storage_read_only"),  # the original is in its place, the first rendition not
        (READ_ONLY, "tmp", "storage_read_only"),
        (FULL, "tmp", "disk_full"),
    ],
)
def test_a_clip_waits_for_a_disk_that_cannot_be_written_and_loses_nothing(
    mount: str, folder: str, code: str, tmp_path: pathlib.Path, data_root: pathlib.Path
) -> None:
    film = films.film(tmp_path / "a.mp4", seconds=0.5)
    clip_id = uploaded(make_person(), film)
    if folder == "tmp":  # links do not reach another disk: the original is in its place already
        clip = Clip.objects.get(pk=clip_id)
        storage.put(clip.original_key, inbox.path(clip.upload_id).rename(storage.scratch() / "source"))
    where(mount, data_root / folder, TRANSCODE, clip_id)
    clip = Clip.objects.get(pk=clip_id)
    assert (clip.failures, clip.state, clip.lease_id) == (1, ClipState.WORKING.value, None)
    assert clip.lease_until is not None
    assert clip.lease_until > clock.now(), "it is tried again a little later, not at once"
    Clip.objects.filter(pk=clip_id).update(failures=19, lease_until=None)
    where(mount, data_root / folder, TRANSCODE, clip_id)
    failure = queries.clip_view(Clip.objects.get(pk=clip_id)).failure
    assert failure is not None
    assert (failure.code, failure.may_retry, failure.reason.endswith(".")) == (code, True, True)
    actions.retry_clip(clip_id=clip_id)
    actions.transcode_clip(clip_id=clip_id)
    clip = Clip.objects.get(pk=clip_id)
    assert (clip.state, clip.failure_code) == (ClipState.READY.value, "")
    assert storage.local_path(clip.original_key).read_bytes() == film.read_bytes()
    assert not list(storage.scratch().glob("clip-*"))


@pytest.mark.parametrize(("mount", "code"), [(READ_ONLY, "storage_read_only"), (FULL, "disk_full")])
def test_an_upload_hears_why_nothing_can_be_written_and_goes_on_afterwards(
    mount: str, code: str, data_root: pathlib.Path
) -> None:
    owner_id = make_person()
    viewer = viewer_of(owner_id)
    upload = actions.start_upload(viewer=viewer, length_bytes=1_000_000)
    sent = 0 if mount == FULL else 400_000
    if sent:
        actions.append_bytes(viewer=viewer, upload_id=upload.id, offset=0, stream=io.BytesIO(bytes(sent)))
    said, size = where(mount, data_root / "uploads", SEND, upload.id, owner_id, sent)
    assert [answer[:2] for answer in said] == [[code, 507], [code, 507]]
    assert all(answer[2].endswith(".") for answer in said)
    assert size >= sent
    assert size > 0, "what found room is kept"
    at = actions.resume_upload(viewer=viewer, upload_id=upload.id).offset_bytes
    rest = io.BytesIO(bytes(1_000_000 - at))
    assert actions.append_bytes(viewer=viewer, upload_id=upload.id, offset=at, stream=rest).is_finished
    assert inbox.path(upload.id).stat().st_size == 1_000_000
