"""A message that only one browser can read (RFC 8291 over RFC 8188, `aes128gcm`), in one record."""

import os
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from revue.inbox.push.keys import point

MOST_BYTES: Final = 3_993  # of a message; a push service takes 4096 with all that stands around it
POINT_BYTES: Final = 65
AUTH_BYTES: Final = 16
_RECORD_BYTES: Final = 4096
_LAST: Final = b"\x02"  # the padding of the last record


def close(
    message: bytes,
    *,
    public_key: bytes,
    auth: bytes,
    private_key: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of a request to a push service.

    Args:
        message: at most `MOST_BYTES`.
        public_key: the browser's (`p256dh`), 65 bytes.
        auth: the browser's secret, 16 bytes.
        private_key: ours for this message alone; None: a new one.
        salt: 16 bytes; None: new ones.

    Raises:
        ValueError: the message is too long, or the key is no point of P-256.
    """
    if len(message) > MOST_BYTES:
        raise ValueError(f"a message of {len(message)} bytes, at most {MOST_BYTES}")
    ours = private_key or ec.generate_private_key(ec.SECP256R1())
    salt = salt or os.urandom(16)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_key)
    our_point = point(ours.public_key())
    shared = _derived(ours.exchange(ec.ECDH(), theirs), auth, b"WebPush: info\0" + public_key + our_point, 32)
    key = _derived(shared, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(shared, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + _RECORD_BYTES.to_bytes(4, "big") + bytes([len(our_point)]) + our_point
    return head + AESGCM(key).encrypt(nonce, message + _LAST, None)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
