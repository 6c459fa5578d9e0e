"""How child processes are started: they die with their parent, and may give up root's name.

Everything here runs between fork and exec, so it only makes system calls.
"""

import ctypes
import dataclasses
import os
import pathlib
import pwd
import signal
import stat
from collections.abc import Callable

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1
_PR_SET_KEEPCAPS = 8
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_CAPABILITY_VERSION_3 = 0x20080522
_CAP_DAC_OVERRIDE = 1
_CAP_DAC_READ_SEARCH = 2


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilityData(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


@dataclasses.dataclass(frozen=True)
class Identity:
    """Whom a child runs as. `crosses_folders` lets it pass folders that only root may enter."""

    uid: int
    gid: int
    crosses_folders: bool


def identity_for(*paths: pathlib.Path) -> Identity | None:
    """Whom an unprivileged child runs as: nobody when we are root, else ourselves (None).

    Args:
        paths: what the child must reach; if one lies in a private folder, it keeps the one
            capability that passes folders, so that nothing has to be opened up for others.
    """
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return Identity(nobody.pw_uid, nobody.pw_gid, not all(_others_reach(path) for path in paths))


def _others_reach(path: pathlib.Path) -> bool:
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.resolve().parents)


def before_exec(
    death_signal: signal.Signals, identity: Identity | None = None, *, niceness: int = 0
) -> Callable[[], None]:
    """A function for `Popen(preexec_fn=…)`: take the identity, then ask to be signalled when the parent dies.

    Args:
        death_signal: what the child gets when we die.
        identity: whom it runs as; None for ourselves.
        niceness: how far it steps back behind others, 0 to 19.
    """
    parent = os.getpid()

    def prepare() -> None:
        if niceness:
            os.nice(niceness)
        if identity is not None:
            _become(identity)
        die_with(parent, death_signal)

    return prepare


def die_with(parent: int, death_signal: signal.Signals) -> None:
    """Ask the kernel to signal this process when its parent dies, even by kill -9.

    The kernel means the parent's *thread*: children must be started by a thread that stays.
    """
    _libc.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
    if os.getppid() != parent:  # it died before the line above
        os.kill(os.getpid(), death_signal)


def _become(identity: Identity) -> None:
    if identity.crosses_folders:
        _libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(identity.gid, identity.gid, identity.gid)
    os.setresuid(identity.uid, identity.uid, identity.uid)
    if identity.crosses_folders:
        _keep_crossing_folders()


def _keep_crossing_folders() -> None:
    """Keep the narrowest capability that passes folders; some containers have only the wider one."""
    if not (_keep(_CAP_DAC_READ_SEARCH) or _keep(_CAP_DAC_OVERRIDE)):
        raise OSError(ctypes.get_errno(), "the capability to cross private folders cannot be kept")


def _keep(capability: int) -> bool:
    bit = 1 << capability
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    data = (_CapabilityData * 2)(_CapabilityData(bit, bit, bit), _CapabilityData(0, 0, 0))
    if _libc.capset(ctypes.byref(header), data):
        return False
    return not _libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, capability, 0, 0)
