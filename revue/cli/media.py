"""The commands about files and pictures."""

import argparse
import pathlib

from revue.cli.ground import fail, set_up_django


def media(arguments: argparse.Namespace) -> int:
    """Print what media weigh, or what is missing and what is too much; move them, ready a bucket, make clips anew."""
    set_up_django()
    if arguments.action == "remake":
        return remake(arguments)
    from revue.platform import storage
    from revue.platform.running_database import running_database

    try:
        if arguments.action == "move":
            return _move_media()
        if arguments.action == "prepare-bucket":
            return _prepare_bucket()
        with running_database():
            return _media_usage() if arguments.action == "usage" else _media_check(removes=arguments.remove)
    except (storage.StorageUnavailable, storage.WrongLength) as error:
        return fail(str(error))


def _media_usage() -> int:
    from revue.accounts.queries import person_cards
    from revue.media import queries

    everybody = queries.totals()
    sent, made = _megabytes(everybody.sent_bytes), _megabytes(everybody.made_bytes)
    print(f"{'everybody':<32} {sent} sent, {made} made of it")
    heaviest = queries.usage()
    people = person_cards([one.owner_id for one in heaviest])
    for one in heaviest:
        handle = f"@{people[one.owner_id].handle}" if one.owner_id in people else "somebody who left"
        print(f"{handle:<32} {_megabytes(one.sent_bytes)} sent, {_megabytes(one.made_bytes)} made of it")
    return 0


def _media_check(*, removes: bool) -> int:
    from revue.media import actions

    report = actions.check_files(removes=removes)
    for key in report.missing:
        print(f"missing: {key}")
    for key in report.strays:
        print(f"{'removed' if removes else 'named by no row'}: {key}")
    print(
        f"{report.clips} clips: {len(report.missing)} files missing,"
        f" {len(report.strays)} too many ({_megabytes(report.stray_bytes).strip()})."
    )
    return 1 if report.missing else 0


def _move_media() -> int:
    from revue.platform import storage

    count = moved = 0
    for file in storage.move():
        count, moved = count + 1, moved + file.bytes
        if count % 100 == 0:
            print(f"{count} files, {_megabytes(moved).strip()} so far", flush=True)
    print(f"{count} files moved, {_megabytes(moved).strip()}. Run it again at any time: nothing is moved twice.")
    return 0


def _prepare_bucket() -> int:
    from revue.platform import storage
    from revue.settings.env import settings

    storage.bucket().prepare(settings().base_url)
    print(f"The bucket answers pages of {settings().base_url} and forgets unfinished uploads after a week.")
    return 0


def remake(arguments: argparse.Namespace) -> int:
    """Have clips made anew from their originals, by the worker, when nobody waits for anything else."""
    from revue.platform import ids
    from revue.platform.running_database import running_database
    from revue.videos import upkeep

    if bool(arguments.videos) == arguments.all:
        return fail("`revue media remake` needs videos, or --all for those that would be made otherwise today.")
    try:
        wanted = None if arguments.all else [ids.from_short(video) for video in arguments.videos]
    except ids.NotAnId as error:
        return fail(str(error))
    with running_database():
        print(f"{upkeep.ask_remakes(video_ids=wanted)} videos newly to be made anew, {upkeep.waiting()} in all.")
    return 0


def _megabytes(count: int) -> str:
    return f"{count / 1e6:10.1f} MB"


def lists(arguments: argparse.Namespace) -> int:
    """Fill, write out or drop a list of known pictures."""
    set_up_django()
    from revue.media.actions import likeness
    from revue.media.recognise.lists import write
    from revue.platform import ids
    from revue.platform.errors import RevueError
    from revue.platform.running_database import running_database
    from revue.videos import actions as videos

    name, what = arguments.name, arguments.what or ""
    if arguments.action != "drop" and not what:
        return fail(f"`revue lists {arguments.action} {name}` needs a file or a video.")
    try:
        with running_database():
            if arguments.action == "import":
                print(f"{likeness.import_list(list_name=name, file=pathlib.Path(what))} pictures are new in {name}.")
            elif arguments.action == "add":
                count = videos.remember_looks(video_id=ids.from_short(what), list_name=name)
                print(f"{count} pictures are new in {name}.")
            elif arguments.action == "export":
                pathlib.Path(what).write_text(write(likeness.hashes_of_list(list_name=name)))
            else:
                print(f"{likeness.drop_list(list_name=name)} pictures were forgotten.")
    except (RevueError, ids.NotAnId, OSError) as error:
        return fail(str(error))
    return 0
