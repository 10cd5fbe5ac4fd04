"""Niêm phong: secrets are encrypted before they are written, with keys that are not in the database.

`ANSINH_FIELD_KEYS` lists Fernet keys: the first seals, all of them open, so a key is replaced by putting the
new one first and running `ansinh manage reseal`. Without them (demonstration and tests only) the key is
derived from the secret key. A key is made by
`python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"`.
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from ansinh.kernel.errors import BilingualError

INFO = b"ansinh.office.signin.sealing"


class SealBroken(BilingualError):  # noqa: N818 -- read as a sentence: raise SealBroken()
    """Không mở được niêm phong: written under a key that is not configured, or not sealed at all."""

    def __init__(self) -> None:
        super().__init__(
            "Không giải mã được dữ liệu đã niêm phong: khóa ANSINH_FIELD_KEYS không đúng",
            "Sealed data cannot be opened: ANSINH_FIELD_KEYS is not the right key",
            code="seal.broken",
        )


class NoSealKey(BilingualError):  # noqa: N818 -- read as a sentence: raise NoSealKey()
    """Không có khóa niêm phong: production seals nothing under a key that follows from another secret."""

    def __init__(self) -> None:
        super().__init__(
            "ANSINH_FIELD_KEYS chưa đặt hoặc không phải khóa Fernet",
            "ANSINH_FIELD_KEYS is unset or holds no Fernet key",
            code="seal.no_key",
        )


def has_keys() -> bool:
    """Whether keys of their own are configured, and are keys."""
    try:
        return bool(settings.FIELD_KEYS) and bool(_keys())
    except NoSealKey:
        return False


def seal(text: str) -> str:
    """Niêm phong a text: under the first key."""
    return _keys().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Mở niêm phong. Raises `SealBroken`; a text in the clear is refused like a forged one."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealBroken from None


def is_sealed(text: str) -> bool:
    """Whether one of our keys opens it."""
    try:
        unseal(text)
    except SealBroken:
        return False
    return True


def resealed(sealed: str) -> str:
    """The same text under the first key."""
    return _keys().rotate(sealed.encode()).decode("ascii")


def _keys() -> MultiFernet:
    if settings.PROFILE == "production" and not settings.FIELD_KEYS:
        raise NoSealKey
    return _made(tuple(settings.FIELD_KEYS), settings.SECRET_KEY)


@lru_cache(maxsize=4)
def _made(given: tuple[str, ...], secret: str) -> MultiFernet:
    if given:
        try:
            return MultiFernet([Fernet(key) for key in given])
        except ValueError:
            raise NoSealKey from None
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=INFO).derive(secret.encode())
    return MultiFernet([Fernet(base64.urlsafe_b64encode(derived))])
