"""Small secrets at rest: TOTP keys and recovery seeds, sealed with a key made from the instance's secret key."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_LABEL = b"revue.accounts.seal.1"
_KEY_BYTES = 32


def close(text: str) -> str:
    """`text` sealed; only this instance's secret key (or a fallback of it) opens it."""
    return _fernet().encrypt(text.encode()).decode()


def open_(sealed: str) -> str:
    """What was sealed.

    Raises:
        cryptography.fernet.InvalidToken: the secret key is another one, or the text was changed.
    """
    return _fernet().decrypt(sealed.encode()).decode()


def _fernet() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> Fernet:
    secret = secret if isinstance(secret, bytes) else secret.encode()
    derived = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=_LABEL).derive(secret)
    return Fernet(base64.urlsafe_b64encode(derived))
