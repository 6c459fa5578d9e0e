"""Who we are to push services (VAPID, RFC 8292): a key on P-256, made from the instance's secret key.

So there is nothing more to keep, and every process of the instance has the same: decision 0107.
"""

import base64
import time
from typing import Final

import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

_LABEL: Final = b"revue.inbox.push.keys.1"
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
_SEED_BYTES: Final = 48  # half as many again as the order: what is left of the division says nothing
_VALID_S: Final = 12 * 3600  # a push service takes at most a day
_HALF: Final = 32


def public_key() -> str:
    """What browsers subscribe with (`applicationServerKey`), as base64url."""
    return encoded(point(_private_key().public_key()))


def authorization(origin: str) -> str:
    """The header that says who we are.

    Args:
        origin: scheme and host of the push service.
    """
    claims = {"aud": origin, "exp": int(time.time()) + _VALID_S, "sub": _contact()}
    head = encoded(orjson.dumps({"typ": "JWT", "alg": "ES256"}))
    told = f"{head}.{encoded(orjson.dumps(claims))}"
    r, s = decode_dss_signature(_private_key().sign(told.encode(), ec.ECDSA(SHA256())))
    signature = encoded(r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big"))
    return f"vapid t={told}.{signature}, k={public_key()}"


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as the 65 bytes of its uncompressed point."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encoded(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """What `encoded` was given.

    Raises:
        ValueError: it is no base64url.
    """
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _private_key() -> ec.EllipticCurvePrivateKey:
    secret = settings.SECRET_KEY.encode()
    seed = HKDF(algorithm=SHA256(), length=_SEED_BYTES, salt=None, info=_LABEL).derive(secret)
    return ec.derive_private_key(int.from_bytes(seed, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def _contact() -> str:
    """Where a push service may complain."""
    return settings.BASE_URL if settings.BASE_URL.startswith("https://") else f"mailto:{settings.DEFAULT_FROM_EMAIL}"
