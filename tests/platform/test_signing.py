"""Addresses that carry their own permission are what Amazon's example says, and what boto3 would make."""

import datetime
import urllib.parse

import boto3
import botocore.auth
import pytest
from botocore.config import Config

from revue.platform.storage.signing import Credentials, presigned, quoted

EXAMPLE = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
DAY = datetime.datetime(2013, 5, 24, tzinfo=datetime.UTC)


def test_amazons_own_example() -> None:
    made = presigned(
        "GET",
        "https://examplebucket.s3.amazonaws.com/test.txt",
        credentials=EXAMPLE,
        region="us-east-1",
        at=DAY,
        seconds=86400,
    )
    assert made.endswith("&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")


@pytest.mark.parametrize("key", ["clips/4k/720.mp4", "odd ~key/(1)+é.mp4"])
@pytest.mark.parametrize("token", [None, "lent+for/a=while"])
def test_what_boto3_would_make(monkeypatch: pytest.MonkeyPatch, key: str, token: str | None) -> None:
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda: DAY.replace(tzinfo=None))
    client = boto3.client(
        "s3",
        endpoint_url="http://store.example:9000",
        region_name="eu-west-3",
        aws_access_key_id=EXAMPLE.access_key,
        aws_secret_access_key=EXAMPLE.secret_key,
        aws_session_token=token,
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )
    wanted = client.generate_presigned_url(
        "get_object", Params={"Bucket": "films", "Key": key, "ResponseContentType": "video/mp4"}, ExpiresIn=900
    )
    made = presigned(
        "GET",
        f"http://store.example:9000/films/{quoted(key, keeps='/')}",
        credentials=Credentials(EXAMPLE.access_key, EXAMPLE.secret_key, token),
        region="eu-west-3",
        at=DAY,
        seconds=900,
        query={"response-content-type": "video/mp4"},
    )
    assert parts(made) == parts(wanted)


def test_a_part_is_signed_with_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda: DAY.replace(tzinfo=None))
    client = boto3.client(
        "s3",
        endpoint_url="http://store.example:9000",
        region_name="us-east-1",
        aws_access_key_id=EXAMPLE.access_key,
        aws_secret_access_key=EXAMPLE.secret_key,
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )
    about = {"Bucket": "films", "Key": "arriving/4k", "PartNumber": 2, "UploadId": "a-b", "ContentLength": 77}
    wanted = client.generate_presigned_url("upload_part", Params=about, ExpiresIn=3600)
    made = presigned(
        "PUT",
        "http://store.example:9000/films/arriving/4k",
        credentials=EXAMPLE,
        region="us-east-1",
        at=DAY,
        seconds=3600,
        query={"partNumber": "2", "uploadId": "a-b"},
        headers={"content-length": "77"},
    )
    assert parts(made) == parts(wanted)


def parts(address: str) -> tuple[str, dict[str, list[str]]]:
    split = urllib.parse.urlsplit(address)
    return split.path, urllib.parse.parse_qs(split.query)
