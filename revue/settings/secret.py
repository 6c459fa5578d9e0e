"""The key that signs sessions, cursors and links: given, or made once and kept in the data folder."""

import os
import pathlib
import secrets


def secret_key(root: pathlib.Path, *, given: str) -> str:
    """The instance's secret key.

    Args:
        root: the data folder; `secret-key` (mode 600) inside it is made when missing.
        given: the owner's own key, which wins.
    """
    if given:
        return given
    path = root / "secret-key"
    if not path.exists():
        root.mkdir(parents=True, exist_ok=True)
        draft = root / f".secret-key.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)  # two processes at once: the first one's key stands
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
