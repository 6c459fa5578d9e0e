"""The folder where the processes of one instance put their numbers; `metrics` adds them up."""

import pathlib

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def prepare(root: pathlib.Path) -> pathlib.Path:
    """An empty folder for the numbers of one run of the instance."""
    folder = root / "run" / "metrics"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.db"):
        old.unlink(missing_ok=True)
    return folder
