"""Namespaces in which a test may mount something over a folder, for real."""

import os
import subprocess
from typing import Final

# Root keeps its rights over the database's socket, which is another user's; who is not root becomes it in there.
ALONE: Final = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]


def can_mount() -> bool:
    """Whether this machine lets us."""
    try:
        return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
