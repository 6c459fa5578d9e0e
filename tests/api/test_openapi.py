"""The contract is a file."""

import pathlib

import orjson

from revue.api import export
from revue.api.v1 import api


def test_the_committed_files_are_current():
    for file, fresh in export.files().items():
        assert file.read_bytes() == fresh, "run: python -m revue.api.export"


def test_it_is_openapi_3_1_and_names_every_operation_once():
    document = orjson.loads(export.document())
    assert document["openapi"].startswith("3.1")
    names = [operation["operationId"] for methods in document["paths"].values() for operation in methods.values()]
    assert len(set(names)) == len(names)


def test_every_operation_says_what_an_error_looks_like():
    document = orjson.loads(export.document())
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert "default" in operation["responses"], (method, path)
            assert operation.get("description"), (method, path)


def test_every_route_is_in_the_document():
    document = orjson.loads(export.document())
    routes = {
        (method, f"/api/v1{path}")
        for router in api._get_bound_routers()
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }
    assert routes == {(m.upper(), path) for path, methods in document["paths"].items() for m in methods}


def test_of_every_post_it_is_written_what_becomes_of_it_when_it_is_sent_again():
    page = (pathlib.Path(__file__).parents[2] / "docs" / "develop" / "api.md").read_text()
    posts = [path for path, methods in orjson.loads(export.document())["paths"].items() if "post" in methods]
    assert [path for path in posts if f"`{path.removeprefix('/api/v1')}`" not in page] == []
