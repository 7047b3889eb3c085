"""Keys of authenticator apps as they lie in the database: sealed with a key that the database does not hold.

A copy of the database alone (a lost backup, an injected query) does not give out codes; the key comes from SECRET_KEY,
which lies in the data folder or in the environment. Whoever has both can read them.
"""

from __future__ import annotations

import base64
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "tiepdan.accounts.factor"


def seal(key: bytes, owner: int) -> str:
    """For one person: what was sealed for somebody else does not open."""
    return _box(owner).encrypt(key).decode()


def unseal(text: str, owner: int, within: timedelta | None = None) -> bytes | None:
    """None when it was not sealed here for this person, or longer ago than `within`."""
    try:
        return _box(owner).decrypt(text.encode(), ttl=None if within is None else int(within.total_seconds()))
    except InvalidToken:
        return None


def digest(code: str, owner: int) -> str:
    """Of a recovery code. It has 49 random bits and the hash a key of its own, so a fast one is enough."""
    return salted_hmac(f"{SALT}.recovery.{owner}", code, algorithm="sha256").hexdigest()


def _box(owner: int) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=f"{SALT}.{owner}".encode()).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
