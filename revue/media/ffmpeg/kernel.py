"""What Linux itself offers to shut a child in: seccomp without sockets and processes, and Landlock for files.

Numbers are the kernel's own (x86-64 and ARM64). Everything that runs after fork only makes system
calls; rule sets are prepared before.
"""

import ctypes
import dataclasses
import errno
import functools
import os
import pathlib
import platform
import signal
import struct
import subprocess
from collections.abc import Callable

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 1, 38, 22, 2
_LANDLOCK_CREATE_RULESET, _LANDLOCK_ADD_RULE, _LANDLOCK_RESTRICT_SELF = 444, 445, 446
_LANDLOCK_RULE_PATH_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_ALL_ACCESS = (1 << 13) - 1  # every right of Landlock's first version
_SYSTEM_FOLDERS = ("/usr", "/lib", "/lib64", "/etc/alternatives", "/dev/null", "/dev/urandom", "/proc", "/sys/devices")


@dataclasses.dataclass(frozen=True)
class _Machine:
    """A processor family: its audit number, and the numbers of its calls."""

    audit: int
    refused: tuple[int, ...]
    clone: int  # starts threads, which are wanted, and processes, which are not


_MACHINES = {
    # socket, connect, socketpair, fork, vfork, ptrace, process_vm_readv, process_vm_writev, bpf, io_uring_setup
    "x86_64": _Machine(0xC000003E, (41, 42, 53, 57, 58, 101, 310, 311, 321, 425), 56),
    # the same, on a machine that has neither fork nor vfork
    "aarch64": _Machine(0xC00000B7, (198, 203, 199, 117, 270, 271, 280, 425), 220),
}
_CLONE3 = 435  # on both; what it is asked for lies in memory, where no filter can look
_CLONE_THREAD = 0x10000
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_REFUSE, _UNKNOWN = 0x50000 | errno.EPERM, 0x50000 | errno.ENOSYS
_LOAD, _EQUAL, _AT_LEAST, _HAS_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_X32_BIT = 0x40000000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # where they lie in what a filter is shown; its low half comes first
# `clone` without `CLONE_THREAD` is fork. Asked for `clone3`, libc hears that there is none and takes `clone`.


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def die_with(parent: int) -> None:
    """Ask the kernel to kill us when process `parent` dies."""
    _libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


@functools.cache
def seccomp_program() -> bytes | None:
    """A filter under which nothing opens a socket or starts a process, while threads may; None: not for this machine.

    The kernel's own form, eight bytes a step, as `bwrap --seccomp` reads it too.
    """
    known = _MACHINES.get(platform.machine())
    if known is None:
        return None
    steps = [(_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, known.audit), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, _NUMBER)]
    steps += [(_AT_LEAST, 0, 1, _X32_BIT), (_RETURN, 0, 0, _KILL)]  # the same calls under other numbers
    for call in known.refused:
        steps += [(_EQUAL, 0, 1, call), (_RETURN, 0, 0, _REFUSE)]
    steps += [(_EQUAL, 0, 1, _CLONE3), (_RETURN, 0, 0, _UNKNOWN)]
    steps += [(_EQUAL, 0, 3, known.clone), (_LOAD, 0, 0, _FIRST_ARGUMENT)]
    steps += [(_HAS_BIT, 1, 0, _CLONE_THREAD), (_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def program_file() -> int | None:
    """A descriptor from which another program can read `seccomp_program`; the caller closes it. None: there is none."""
    program = seccomp_program()
    if program is None:
        return None
    descriptor = os.memfd_create("seccomp")
    os.pwrite(descriptor, program, 0)
    return descriptor


def filtered() -> Callable[[], None]:
    """A function for the child: after it, it opens no socket and starts no process.

    Raises:
        OSError: there is no filter for this machine.
    """
    program = seccomp_program()
    if program is None:
        raise OSError("no seccomp filter for this machine")
    filter_ = _Program(len(program) // 8, program)

    def confine() -> None:
        done = _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        done |= _libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(filter_), 0, 0)
        if done:
            os._exit(126)

    return confine


def prepare(*, reads: list[pathlib.Path], writes: pathlib.Path) -> Callable[[], None]:
    """A function for the child: after it, only `reads`, system libraries and `writes` can be opened; plus `filtered`.

    Raises:
        OSError: the kernel has no Landlock or no seccomp filter.
    """
    last = filtered()
    rules = _ruleset([*reads, *(pathlib.Path(p) for p in _SYSTEM_FOLDERS)], writes)

    def confine() -> None:
        done = _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        done |= _libc.syscall(_LANDLOCK_RESTRICT_SELF, rules, 0)
        os.close(rules)
        if done:
            os._exit(126)
        last()

    return confine


def _ruleset(reads: list[pathlib.Path], writes: pathlib.Path) -> int:
    handled = struct.pack("=Q", _ALL_ACCESS)
    rules = int(_libc.syscall(_LANDLOCK_CREATE_RULESET, handled, len(handled), 0))
    if rules < 0:
        raise OSError(ctypes.get_errno(), "this kernel has no Landlock")
    for path in reads:
        if path.exists():
            may = _READ_FILE | _EXECUTE | (_READ_DIR if path.is_dir() else 0)
            _allow(rules, path, may)
    _allow(rules, writes, _ALL_ACCESS & ~_EXECUTE)
    return rules


def _allow(rules: int, path: pathlib.Path, may: int) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", may, place)
        if _libc.syscall(_LANDLOCK_ADD_RULE, rules, _LANDLOCK_RULE_PATH_BENEATH, rule, 0):
            raise OSError(ctypes.get_errno(), f"Landlock takes no rule for {path}")
    finally:
        os.close(place)


@functools.cache
def can_confine() -> bool:
    """Whether a confined child really starts here and really cannot read beyond what it was given."""
    true = pathlib.Path("/bin/true").resolve()
    try:
        confine = prepare(reads=[true], writes=pathlib.Path("/dev/null").parent)
        return subprocess.run([true], preexec_fn=confine, check=False).returncode == 0
    except OSError:
        return False


@functools.cache
def can_filter() -> bool:
    """Whether a child starts here that may open no socket and start no process."""
    try:
        return subprocess.run(["/bin/true"], preexec_fn=filtered(), check=False).returncode == 0
    except OSError:
        return False
