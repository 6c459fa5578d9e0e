"""A bucket on a real server that speaks S3, for tests. It checks no signatures; those have their own tests."""

import itertools
from collections.abc import Iterator

import boto3
import pytest
from moto.server import ThreadedMotoServer

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """Its address."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server: str, settings: object) -> str:
    """A bucket that the instance keeps its media in; its name."""
    name = f"bucket-{next(_numbers)}"
    settings.S3_BUCKET, settings.S3_ENDPOINT, settings.S3_PUBLIC_ENDPOINT = name, s3_server, ""  # type: ignore[attr-defined]
    settings.S3_ACCESS_KEY = settings.S3_SECRET_KEY = "only-for-tests"  # type: ignore[attr-defined]
    settings.MEDIA_STORE, settings.S3_DIRECT, settings.S3_PREFIX = "s3", True, "revue"  # type: ignore[attr-defined]
    client(s3_server).create_bucket(Bucket=name)
    return name


def client(address: str) -> object:
    """boto3's own, to look at what is there."""
    return boto3.client(
        "s3",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id="only-for-tests",
        aws_secret_access_key="only-for-tests",
    )
