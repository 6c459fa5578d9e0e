"""Large files that browsers send to the bucket themselves, part by part, by addresses that we sign."""

import datetime
from typing import Any, Final

from revue.platform.storage.keys import PartsGone, StorageUnavailable
from revue.platform.storage.s3 import S3, answered
from revue.platform.storage.store import Part

SIGNED_SECONDS: Final = 3600


def begin(store: S3, key: str) -> str:
    """The store's own name for a new file on its way."""
    with answered():
        made: str = store.client.create_multipart_upload(**store.named(key))["UploadId"]
    return made


def address(store: S3, key: str, name: str, number: int, length: int) -> str:
    """Where a browser may send one part of so many bytes, by PUT, within the hour."""
    return store.signed(
        "PUT",
        key,
        seconds=SIGNED_SECONDS,
        step_s=1,
        query={"partNumber": str(number), "uploadId": name},
        headers={"content-length": str(length)},
    )


def arrived(store: S3, key: str, name: str) -> list[Part]:
    """The parts that are there, by number.

    Raises:
        PartsGone: see there.
    """
    found: list[Part] = []
    marker = 0
    while True:
        page = _page(store, key, name, marker)
        found += [Part(part["PartNumber"], part["Size"], part["ETag"]) for part in page.get("Parts", ())]
        if not page.get("IsTruncated"):
            return found
        marker = page["NextPartNumberMarker"]


def _page(store: S3, key: str, name: str, marker: int) -> dict[str, Any]:
    try:
        with answered():
            page: dict[str, Any] = store.client.list_parts(**store.named(key), UploadId=name, PartNumberMarker=marker)
    except (FileNotFoundError, StorageUnavailable) as error:
        if _is_gone(error):
            raise PartsGone from error
        raise
    return page


def complete(store: S3, key: str, name: str, parts: list[Part]) -> None:
    """Put the parts together: from now on the file is there.

    Raises:
        PartsGone: it was done, or given up, before.
    """
    pieces = [{"PartNumber": part.number, "ETag": part.etag} for part in parts]
    try:
        with answered():
            store.client.complete_multipart_upload(**store.named(key), UploadId=name, MultipartUpload={"Parts": pieces})
    except (FileNotFoundError, StorageUnavailable) as error:
        if _is_gone(error):
            raise PartsGone from error
        raise


def give_up(store: S3, key: str, name: str) -> None:
    """Have the store forget what came; nothing happens where it has already."""
    try:
        with answered():
            store.client.abort_multipart_upload(**store.named(key), UploadId=name)
    except (FileNotFoundError, StorageUnavailable) as error:
        if not _is_gone(error):
            raise


def give_up_old(store: S3, before: datetime.datetime) -> None:
    """Have the store forget files that began to arrive long ago and were never put together."""
    with answered():
        listed = store.client.list_multipart_uploads(Bucket=store.bucket_name, Prefix=store.full("arriving"))
    for one in listed.get("Uploads", ()):
        if one["Initiated"] < before:
            with answered():
                store.client.abort_multipart_upload(Bucket=store.bucket_name, Key=one["Key"], UploadId=one["UploadId"])


def _is_gone(error: Exception) -> bool:
    return "NoSuchUpload" in str(error)
