"""The commands of `revue`. Each reads its words and calls one function; what they need is imported only then."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Sequence

from revue.cli.ground import DJANGO_SETTINGS, fail, set_up_django
from revue.cli.media import lists, media

__all__ = ["main", "make_parser", "set_up_django"]


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; answers its exit status."""
    given = list(sys.argv[1:] if words is None else words)
    if given[:1] == ["manage"]:
        return manage(given[1:])
    arguments = make_parser().parse_args(given)
    take_flags(arguments)
    command: Callable[[argparse.Namespace], int] = arguments.run
    return command(arguments)


def make_parser() -> argparse.ArgumentParser:
    """Every command and flag; the operator's page is checked against it."""
    parser = argparse.ArgumentParser(prog="revue", description="A short-video social network that anyone can own.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], help_text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help_text, description=help_text)
        made.add_argument("--data", metavar="FOLDER", help="the data folder (REVUE_DATA_DIR)")
        made.set_defaults(run=run)
        return made

    up_parser = add("up", up, "Run the whole instance: database, web, worker.")
    _add_address(up_parser)
    up_parser.add_argument("--no-demo", action="store_true", help="raise no demo troupe on an empty instance")
    up_parser.add_argument("--logs", action="store_true", help="show all logs here instead of writing files")
    _add_address(add("web", web, "Run only the web server."))
    add("worker", worker, "Run only a worker.")
    trainer_parser = add("trainer", trainer, "Run only the trainer, where the extra `train` is installed.")
    trainer_parser.add_argument(
        "--once", action="store_true", help="learn what was watched since the last time, and end"
    )
    trainer_parser.add_argument("--refit", action="store_true", help="learn everything anew from the log, and end")
    add("migrate", migrate, "Bring the database's tables up to date.")
    add("backup", backup, "Write database, media and key into one file.").add_argument("file")
    add("restore", restore, "Fill an empty instance from a backup.").add_argument("file")
    add("doctor", doctor, "Say what is wrong and how to mend it.")
    demo_parser = add("demo", demo, "Raise the troupe of demo performers, or remove it.")
    demo_parser.add_argument("action", nargs="?", choices=["raise", "remove"], default="raise")
    demo_parser.add_argument("--if-empty", action="store_true", help="only when nobody has posted yet")
    lists_parser = add("lists", lists, "Keep lists of pictures that are known: of what was removed, or from others.")
    lists_parser.add_argument("action", choices=["import", "export", "add", "drop"])
    lists_parser.add_argument("name")
    lists_parser.add_argument("what", nargs="?", help="import, export: a file; add: a video's id")
    media_parser = add("media", media, "Say what media weigh, check, move or remake them.")
    media_parser.add_argument("action", choices=["usage", "check", "move", "prepare-bucket", "remake"])
    media_parser.add_argument("videos", nargs="*", metavar="VIDEO", help="remake: ids of videos")
    media_parser.add_argument("--remove", action="store_true", help="check: remove files that no row names")
    media_parser.add_argument(
        "--all", action="store_true", help="remake: every clip that was made otherwise than today"
    )
    admin_parser = add("admin", admin, "Make an admin.")
    admin_parser.add_argument("action", choices=["create"])
    admin_parser.add_argument("--handle", help="asked for when missing")
    admin_parser.add_argument("--password-stdin", action="store_true", help="read the password from the input")
    search_parser = add("search", search, "Make the search index anew, or what is wrong in it.")
    search_parser.add_argument("action", choices=["rebuild", "repair"])
    add("library", library, "Make the library of sounds, or what is missing of it.")
    add("invite", invite, "Make an invitation and print its link.")
    commands.add_parser("manage", help="Run one of Django's own commands.")
    return parser


def _add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="the address to listen on (REVUE_HOST)")
    parser.add_argument("--port", type=int, help="its port (REVUE_PORT)")


def take_flags(arguments: argparse.Namespace) -> None:
    """Flags win over the environment: settings are read from there, once, later."""
    for flag, name in (("data", "REVUE_DATA_DIR"), ("host", "REVUE_HOST"), ("port", "REVUE_PORT")):
        if (value := getattr(arguments, flag, None)) is not None:
            os.environ[name] = str(value)


def manage(words: Sequence[str]) -> int:
    """Run one of Django's own commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DJANGO_SETTINGS)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["revue manage", *words])
    return 0


def up(arguments: argparse.Namespace) -> int:
    """Run the whole instance until told to stop."""
    from revue.platform.lock import AlreadyRunning
    from revue.platform.supervisor import CannotStart, Plan, Supervisor
    from revue.recommender.engine import extra
    from revue.settings.env import settings

    env = settings()
    if env.trainer and not extra.is_installed():
        print(extra.MISSING, flush=True)
    plan = Plan(
        root=env.root,
        host=env.host,
        port=env.port,
        base_url=env.base_url,
        embeds_database=not env.database_url,
        has_trainer=env.trainer is not False and extra.is_installed(),
        has_demo=not arguments.no_demo,
        has_library=env.sound_library,
        shows_logs=arguments.logs,
    )
    try:
        return Supervisor(plan).run()
    except (AlreadyRunning, CannotStart) as error:
        return fail(str(error))


def web(_: argparse.Namespace) -> int:
    """Run the web server."""
    from revue.platform.server import serve
    from revue.settings.env import settings

    env = settings()
    serve(host=env.host, port=env.port, processes=env.web_processes)
    return 0


def worker(_: argparse.Namespace) -> int:
    """Run a worker."""
    set_up_django()
    from revue.platform.worker import Runner, run
    from revue.settings.env import settings

    env = settings()
    early = [Runner("early", env.early_concurrency)] if env.early_concurrency else []
    run([Runner("fast", 4), Runner("media", env.media_concurrency), *early])
    return 0


def trainer(arguments: argparse.Namespace) -> int:
    """Learn the sequence model, minute by minute, or one step of it now."""
    os.nice(19)  # whatever the instance does for people goes first
    one_thread()
    set_up_django()
    from revue.platform.running_database import running_database
    from revue.recommender.engine import extra
    from revue.recommender.training import process

    if not extra.is_installed():
        return fail(extra.MISSING)
    try:
        if not (arguments.once or arguments.refit):
            process.run()
            return 0
        with running_database(), process.alone():
            learner = process.make()
            step = process.refit(learner) if arguments.refit else process.minute(learner)
    except process.TrainerRuns as error:
        return fail(str(error))
    print(step.told() if step else "There is nothing to learn from.")
    return 0


def one_thread() -> None:
    """Let arrays be computed by one thread: a second one would only wait for those who serve people."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} --xla_cpu_multi_thread_eigen=false".strip()
    if hasattr(os, "sched_setaffinity"):  # XLA makes as many threads as it may use cores
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def migrate(_: argparse.Namespace) -> int:
    """Bring the tables up to date."""
    set_up_django()
    from revue.platform.running_database import running_database
    from revue.platform.tables import migrate as migrate_tables

    with running_database():
        migrate_tables()
    return 0


def backup(arguments: argparse.Namespace) -> int:
    """Write a backup."""
    set_up_django()
    from revue.platform.backup import BackupError, write_backup
    from revue.platform.running_database import running_database

    try:
        with running_database():
            print(write_backup(arguments.file))
    except (BackupError, OSError) as error:
        return fail(str(error))
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Read a backup into an empty instance that does not run."""
    set_up_django()
    from revue.platform.backup import BackupError, restore_backup
    from revue.platform.running_database import running_database

    try:
        with running_database() as is_stopped:
            if is_stopped is False:
                return fail("This instance is running. Stop it, then restore.")
            print(restore_backup(arguments.file))
    except (BackupError, OSError) as error:
        return fail(str(error))
    return 0


def doctor(_: argparse.Namespace) -> int:
    """Print what is wrong."""
    set_up_django()
    from revue.platform.doctor import examine

    return examine()


def demo(arguments: argparse.Namespace) -> int:
    """Raise or remove the troupe."""
    os.nice(19)  # whatever the instance does for people goes first, the transcoding of these clips included
    set_up_django()
    from revue.demo import actions
    from revue.platform.running_database import running_database

    with running_database():
        if arguments.action == "remove":
            actions.remove_troupe()
        elif arguments.if_empty:
            actions.raise_if_empty()
        else:
            actions.raise_troupe()
    return 0


def library(_: argparse.Namespace) -> int:
    """Make what is missing of the sound library."""
    os.nice(19)  # whatever the instance does for people goes first
    set_up_django()
    from revue.platform.running_database import running_database
    from revue.sounds import library as sounds

    with running_database():
        made = sounds.furnish()
    print(f"{made} sounds made, {len(sounds.PIECES)} in the library.")
    return 0


def search(arguments: argparse.Namespace) -> int:
    """Rebuild or repair the search index; people go on searching meanwhile."""
    set_up_django()
    from revue.platform.running_database import running_database
    from revue.search import actions

    with running_database():
        if arguments.action == "rebuild":
            print(f"{actions.rebuild()} videos, people and sounds are in the index.")
        else:
            print(f"{actions.repair()} of them were wrong in the index, and are right now.")
    return 0


def admin(arguments: argparse.Namespace) -> int:
    """Make an admin."""
    set_up_django()
    from revue.accounts.actions import create_person
    from revue.accounts.contracts import Role
    from revue.platform.errors import RevueError
    from revue.platform.running_database import running_database

    handle = arguments.handle or input("Handle: ").strip()
    password = sys.stdin.readline().rstrip("\n") if arguments.password_stdin else ask_password()
    try:
        with running_database():
            create_person(handle=handle, password=password, role=Role.ADMIN)
    except RevueError as error:
        return fail(str(error))
    print(f"@{handle} is an admin now.")
    return 0


def ask_password() -> str:
    """A password, typed twice the same."""
    while True:
        first = getpass.getpass("Password: ")
        if first and first == getpass.getpass("Again: "):
            return first
        print("That was not the same twice.", file=sys.stderr)


def invite(_: argparse.Namespace) -> int:
    """Make an invitation."""
    set_up_django()
    from revue.accounts.actions import make_invitation
    from revue.platform.running_database import running_database
    from revue.settings.env import settings

    with running_database():
        code = make_invitation()
    print(f"{settings().base_url}/sign-in?invitation={code}")
    return 0
