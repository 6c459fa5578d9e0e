"""What the children that parse people's files really did, as strace saw it."""

import collections
import dataclasses
import pathlib
import re
import shutil

# `?`: not every machine has all of them under these names.
_CALLS = (
    "%network,execve,?clone,?clone3,?fork,?vfork,?open,openat,?openat2,?creat,?mkdir,mkdirat,?mknod,mknodat,?rename,"
    "?renameat,renameat2,?link,linkat,?symlink,symlinkat"
)
_LINE = re.compile(r"^(\w+)\((.*)\)\s+= (-?\d+|\?)(.*)$")
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT")
_RESULT_PATH = re.compile(r"^<(.*?)>")
_IN_OUR_NUMBERS = re.compile(r"/\* (\d+) in strace's PID NS \*/")
_MAKE = {"creat", "mkdir", "mkdirat", "mknod", "mknodat", "rename", "renameat", "renameat2", "link", "linkat"}
_STARTS = {"clone", "clone3", "fork", "vfork"}
_FILES = {"open", "openat", "openat2", "execve", "symlink", "symlinkat", *_MAKE}


@dataclasses.dataclass
class Seen:
    """What was seen of the children that are shut in, threads included."""

    runs: int = 0
    programs: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    threads: int = 0
    sockets: list[str] = dataclasses.field(default_factory=list)  # calls about sockets that succeeded
    refused: list[str] = dataclasses.field(default_factory=list)  # that were tried, and refused
    processes: list[str] = dataclasses.field(default_factory=list)  # that were started
    outside: list[str] = dataclasses.field(default_factory=list)  # files made or opened for writing elsewhere
    inside: int = 0  # in the run's own folder


def is_there() -> bool:
    """Whether this machine has strace."""
    return shutil.which("strace") is not None


def command(folder: pathlib.Path, words: list[str]) -> list[str]:
    """The command that runs `words` and all they start, and writes one file for each thread into `folder`."""
    quiet = ["strace", "-ff", "-qqq", "-y", "-s", "400", "--pidns-translation", "-e", "signal=none"]
    return [*quiet, "-e", f"trace={_CALLS}", "-o", str(folder / "trace"), *words]


def read(folder: pathlib.Path, scratch: pathlib.Path) -> Seen:
    """Everything that was seen; `scratch` is where the folders of runs lie."""
    seen, traces = Seen(), {path.suffix[1:]: path for path in folder.glob("trace.*")}
    waiting = [(number, False) for number in traces]
    done = set()
    while waiting:  # first whoever becomes a program that parses; then the threads they started
        number, is_shut = waiting.pop(0)
        if number in done or number not in traces:
            continue
        started = _read_one(traces[number], seen, scratch, is_shut=is_shut)
        if started is not None:
            done.add(number)
            seen.threads += len(started)
            waiting = [(thread, True) for thread in started] + waiting
    return seen


def _read_one(path: pathlib.Path, seen: Seen, scratch: pathlib.Path, *, is_shut: bool) -> list[str] | None:
    """Count one thread in; the threads it started. None when it is none of those that are shut in."""
    started, was_shut = [], is_shut
    for line in path.read_text(errors="replace").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        call, words, result, rest = match.groups()
        if call == "execve" and result == "0" and _is_parser(words):
            is_shut = was_shut = True
            seen.runs += 1
            seen.programs[_program(words)] += 1
        elif is_shut:
            started += _note(call, words, result, rest, seen, scratch)
    return started if was_shut else None


def _is_parser(words: str) -> bool:
    """Whether a program reads what people sent: ffmpeg with an input, or Python that was handed its code."""
    return (_program(words).startswith("ffmpeg") and '"-i"' in words) or '"-I", "-c"' in words


def _program(words: str) -> str:
    return words.partition('", ')[0].rpartition("/")[2].strip('"')


def _note(call: str, words: str, result: str, rest: str, seen: Seen, scratch: pathlib.Path) -> list[str]:
    """Count one call in; the thread it started, if it did."""
    said = f"{call}({words[:160]}) = {result}{rest[:60]}"
    if call in _STARTS:
        if result.startswith(("-", "?")):
            return []
        if "CLONE_THREAD" not in words:
            seen.processes.append(said)
        ours = _IN_OUR_NUMBERS.search(rest)
        return [ours[1] if ours else result]
    if call not in _FILES:
        (seen.refused if result.startswith("-") else seen.sockets).append(said)
    elif not result.startswith("-") and (call in _MAKE or "symlink" in call or _WRITES.search(words)):
        if _is_inside(words, rest, scratch):
            seen.inside += 1
        else:
            seen.outside.append(said)
    return []


def _is_inside(words: str, rest: str, scratch: pathlib.Path) -> bool:
    """Whether what was made lies in the folder of the run: by its whole path, or by a name in the working folder."""
    whole = _RESULT_PATH.match(rest)
    if whole is not None:
        return whole[1].startswith((f"{scratch}/clip-", "/out/", "/dev/null"))
    return all("/" not in name for name in re.findall(r'"([^"]*)"', words))
