"""The API's document as a file: `python -m revue.api.export` writes it, `--check` says whether it is current."""

import os
import pathlib
import sys

import django
import orjson

FILE = pathlib.Path(__file__).with_name("openapi.json")


def document() -> bytes:
    """The OpenAPI document of the code as it is now, the same bytes on every machine."""
    from revue.api.v1 import api  # noqa: PLC0415 - Django must be set up first

    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    return orjson.dumps(schema, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


def main(arguments: list[str]) -> int:
    """Write the document, or with `--check` only compare; 1 when it was out of date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "revue.settings.django")
    django.setup()
    fresh = document()
    if arguments == ["--check"]:
        is_current = FILE.exists() and FILE.read_bytes() == fresh
        if not is_current:
            sys.stderr.write(f"{FILE.name} is out of date: run python -m revue.api.export\n")
        return 0 if is_current else 1
    FILE.write_bytes(fresh)
    sys.stdout.write(f"{FILE}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
