"""Takes the server's texts out of its source into the catalogues, and makes what Django reads of them.

python -m revue.languages           # after a text was changed; then fill in what is empty, and run it again
python -m revue.languages --check   # changes nothing, and fails where anything is missing
"""

import argparse
import datetime
import io
import pathlib
import re
import sys
from collections.abc import Iterator

import django
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

FOLDER = pathlib.Path(__file__).parent
SOURCES = FOLDER.parent
LANGUAGES = ("ar", "de")  # besides English, in which the texts are written; as in `frontend/languages`
_KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_lazy": None, "ngettext_lazy": (1, 2)}
_IMPORTS = "from django.utils.translation import"
_CALL = re.compile(r"""\b_?(?:n?p?gettext)?\((?:u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*"|[\s,\w])+\)""")
_WIDTH = 120
_NO_DAY = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"

"""


def main() -> int:
    """Write the catalogues, or look whether they are what the source says."""
    parser = argparse.ArgumentParser(prog="python -m revue.languages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail where anything is missing")
    is_check = parser.parse_args().check
    settings.configure(USE_I18N=True)
    django.setup()
    texts = _texts()
    faults = [fault for language in LANGUAGES for fault in _agree(language, texts, is_check=is_check)]
    said = faults or [f"{len(texts)} texts in English, {', '.join(LANGUAGES)}"]
    sys.stdout.write("\n".join([*said, ""]))
    return 1 if faults else 0


def _agree(language: str, texts: Catalog, *, is_check: bool) -> list[str]:
    """Bring a language's catalogue to what the source says; what is wrong with it."""
    folder = FOLDER / language / "LC_MESSAGES"
    path = folder / "django.po"
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    catalog.update(texts, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    files = {path: _written(catalog, language), path.with_suffix(".mo"): _compiled(catalog)}
    if not is_check:
        for one, data in files.items():
            one.write_bytes(data)
    old = [one for one, data in files.items() if not one.exists() or one.read_bytes() != data]
    faults = [f"{one.relative_to(FOLDER)} is not what the source says: run `python -m revue.languages`" for one in old]
    for message in catalog:
        faults += [f"{language}: {fault}" for fault in _faults(message, catalog) if message.id]
    return faults


def _written(catalog: Catalog, language: str) -> bytes:
    file = io.BytesIO()
    write_po(file, catalog, width=_WIDTH, omit_header=True, no_location=True)
    return _HEADER.format(language=language, plurals=catalog.plural_forms).encode() + file.getvalue()


def _compiled(catalog: Catalog) -> bytes:
    """The same bytes on every day."""
    catalog.creation_date = catalog.revision_date = _NO_DAY
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def _faults(message: Message, catalog: Catalog) -> Iterator[str]:
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    if not all(said):
        yield f"no translation of {message.id!r}"
    for error in message.check(catalog) if all(said) else ():
        yield f"{message.id!r}: {error}"


def _texts() -> Catalog:
    """All texts of the source, in the order of its files."""
    texts = Catalog()
    for path in sorted([*SOURCES.rglob("*.py"), *SOURCES.rglob("templates/**/*.html")]):
        source = path.read_text()
        if path.suffix == ".html":
            source = _as_program(templatize(source, origin=str(path)))
        elif _IMPORTS not in source:
            continue
        for _, ids, comments, _ in extract("python", io.BytesIO(source.encode()), keywords=_KEYWORDS):
            texts.add(ids, auto_comments=comments, flags=_flags(ids))
    return texts


def _flags(ids: str | tuple[str, ...]) -> tuple[str, ...]:
    text = ids if isinstance(ids, str) else ids[0]
    return ("python-format",) if re.search(r"%\(\w+\)[sd]", text) else ()


def _as_program(templatized: str) -> str:
    """Only the calls that Django has made of a template's tags: what is around them is blanked, and no Python."""
    return "\n".join(call.group() for call in _CALL.finditer(templatized))


if __name__ == "__main__":
    sys.exit(main())
