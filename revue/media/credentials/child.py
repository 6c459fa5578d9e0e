"""Reads the credentials of one file, as a program of its own: `python child.py FILE TYPE`.

It is run shut in, for what it reads was sent by strangers. It writes `OUT_FILE` into the folder where it is started,
and takes `TRUST_FILE` from there: certificates in PEM whose signatures are trusted, if there is one.
"""

import json
import pathlib
import sys

OUT_FILE = "credentials.json"
TRUST_FILE = "trust.pem"


def main() -> None:
    """Write what the file's credentials say; nothing when it has none."""
    import c2pa  # noqa: PLC0415 - only here: the library's native part is loaded by nobody else

    trust = pathlib.Path(TRUST_FILE)
    settings = {
        "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": trust.exists()},
        **({"trust": {"trust_anchors": trust.read_text()}} if trust.exists() else {}),
    }
    context = c2pa.Context(c2pa.Settings.from_dict(settings))
    with pathlib.Path(sys.argv[1]).open("rb") as file:
        reader = c2pa.Reader(sys.argv[2], file, context=context)
        found = {"state": reader.get_validation_state(), "store": json.loads(reader.json())}
    pathlib.Path(OUT_FILE).write_text(json.dumps(found))


if __name__ == "__main__":
    main()
