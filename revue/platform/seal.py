"""Small secrets at rest, sealed with keys made from the instance's secret key: one for each use."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_KEY_BYTES = 32


def close(text: str, *, use: str) -> str:
    """`text` sealed for one use; only this instance's secret key (or a fallback of it) opens it.

    Args:
        text: what nobody should read in a copy of the database.
        use: what it is for, which opens nothing that was sealed for another.
    """
    return _fernet(use).encrypt(text.encode()).decode()


def open_(sealed: str, *, use: str) -> str:
    """What was sealed for this use.

    Raises:
        cryptography.fernet.InvalidToken: the secret key is another one, or the text was changed.
    """
    return _fernet(use).decrypt(sealed.encode()).decode()


def _fernet(use: str) -> MultiFernet:
    return MultiFernet([_key(secret, use) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes, use: str) -> Fernet:
    secret = secret if isinstance(secret, bytes) else secret.encode()
    derived = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=use.encode()).derive(secret)
    return Fernet(base64.urlsafe_b64encode(derived))
