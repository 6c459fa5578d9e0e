"""Push services of browsers: the only strangers this product ever asks, when its owner wants that.

The address of one comes from a browser, that is from anybody. So it must be public and spoken to over https, and the
connection goes to the very address that was looked at: a name that turns to a private one meanwhile gains nothing.
"""

import http.client
import ipaddress
import socket
import ssl
import urllib.parse
from collections.abc import Mapping
from typing import Final

from django.conf import settings

from revue.inbox.push.errors import BadSubscription

TIMEOUT_S: Final = 10.0
LONGEST_ENDPOINT: Final = 1000
_HTTPS_PORT: Final = 443
_CARRIES_V4: Final = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: leads to an address that is not looked at


class NotPublic(OSError):
    """The push service's name leads into a private network."""


def origin_of(endpoint: str) -> str:
    """Scheme and host of an endpoint.

    Raises:
        BadSubscription: it is no address of a push service that may be asked.
    """
    parts = _parts(endpoint)
    origin = f"{parts.scheme}://{parts.netloc}"
    if origin in settings.WEB_PUSH_SERVICES:
        return origin
    is_plain = parts.scheme == "https" and "@" not in parts.netloc and parts.hostname
    if not is_plain or not _may_be_public(parts.hostname or ""):
        raise BadSubscription
    return origin


def post(endpoint: str, *, headers: Mapping[str, str], body: bytes) -> int:
    """Hand a message over; the status that the service answers. Redirections are not followed.

    Raises:
        BadSubscription: the service may not be asked.
        OSError: it does not answer, or is not public.
    """
    origin = origin_of(endpoint)
    parts = _parts(endpoint)
    connection = _connection(parts, is_trusted=origin in settings.WEB_PUSH_SERVICES)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path or "/", body=body, headers=dict(headers))
        return connection.getresponse().status
    except http.client.HTTPException as error:
        raise OSError(f"no answer that could be read: {error!r}") from error
    finally:
        connection.close()


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and carries no other inside."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if found.sixtofour is not None or found.teredo is not None or found in _CARRIES_V4:
            return False
    return found.is_global and not found.is_multicast


def _connection(parts: urllib.parse.SplitResult, *, is_trusted: bool) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if is_trusted and parts.scheme == "http":
        return http.client.HTTPConnection(host, parts.port, timeout=TIMEOUT_S)
    context = ssl.create_default_context()
    if is_trusted:
        return http.client.HTTPSConnection(host, parts.port, timeout=TIMEOUT_S, context=context)
    port = parts.port or _HTTPS_PORT
    plain = socket.create_connection((_public_address(host, port), port), timeout=TIMEOUT_S)
    connection = http.client.HTTPSConnection(host, port, timeout=TIMEOUT_S, context=context)
    connection.sock = context.wrap_socket(plain, server_hostname=host)
    return connection


def _public_address(host: str, port: int) -> str:
    """An address of a host all of whose addresses are public.

    Raises:
        NotPublic: one of them is not.
        OSError: there is no such host.
    """
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(is_public(address) for address in found):
        raise NotPublic(f"{host} is not a public address")
    return found[0]


def _may_be_public(host: str) -> bool:
    """Whether a host is a name with a dot, or a public address; what a name leads to is asked when it is used."""
    try:
        return is_public(host)
    except ValueError:
        return "." in host.strip(".") and not host.endswith((".local", ".localhost", ".internal"))


def _parts(endpoint: str) -> urllib.parse.SplitResult:
    try:
        parts = urllib.parse.urlsplit(endpoint)
        has_port = parts.port is None or parts.port > 0
    except ValueError as error:
        raise BadSubscription from error
    is_text = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
    if not is_text or not has_port or len(endpoint) > LONGEST_ENDPOINT:
        raise BadSubscription
    return parts
