"""What the web app takes from the API's code, as files: `python -m revue.api.export` writes them.

With `--check` it says whether they are current.
"""

import os
import pathlib
import sys

import django
import orjson

FILE = pathlib.Path(__file__).with_name("openapi.json")
_WEB = pathlib.Path(__file__).parents[2] / "frontend" / "src" / "api"


def document() -> bytes:
    """The OpenAPI document of the code as it is now, the same bytes on every machine."""
    from revue.api.v1 import api  # noqa: PLC0415 - Django must be set up first

    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    return orjson.dumps(schema, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


def files() -> dict[pathlib.Path, bytes]:
    """Each file, and what is to stand in it."""
    from revue.api import words  # noqa: PLC0415

    return {FILE: document(), _WEB / "problems.ts": words.problems(), _WEB / "topics.ts": words.topics()}


def main(arguments: list[str]) -> int:
    """Write the files, or with `--check` only compare; 1 when one was out of date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "revue.settings.django")
    django.setup()
    for file, fresh in files().items():
        if arguments != ["--check"]:
            file.write_bytes(fresh)
            sys.stdout.write(f"{file}\n")
        elif not file.exists() or file.read_bytes() != fresh:
            sys.stderr.write(f"{file.name} is out of date: run python -m revue.api.export\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
