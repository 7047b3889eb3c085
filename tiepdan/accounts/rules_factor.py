"""The second factor: codes of an authenticator app (RFC 6238), recovery codes, and who must have one. Pure facts."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from datetime import timedelta

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from tiepdan.accounts.rules import PASSWORD_LETTERS, Role

# What every authenticator app takes for granted; SHA-1 is safe inside an HMAC, and some apps know nothing else.
DIGITS = 6
STEP = 30  # seconds
KEY_BYTES = 20
DRIFT = 1  # steps by which the clock of a telephone may be before or behind
ISSUER = "Tiep cong dan truc tuyen"  # in the app's list; some apps show no accents

RECOVERY_CODES = 10
FEW_LEFT = 3  # from here on the page asks for a new set
RECOVERY_GROUP = 5
RECOVERY_LETTERS = 2 * RECOVERY_GROUP  # 49 bits

HALF_SIGNED_IN = timedelta(minutes=5)  # between the right password and the code
SETTING_UP = timedelta(minutes=30)  # a picture that nobody scanned for so long is drawn anew
RESET_HOLDS = timedelta(days=3)  # what one administrator asked for and no other confirmed

# Who keeps the accounts, the recordings and the archive (QCVN 12:2026/BCA, 3.7.2.8: every administrator's account).
DEFAULT_ROLES: frozenset[Role] = frozenset({Role.ADMIN, Role.TECHNICIAN, Role.ARCHIVIST})

# Of the session: decided when somebody signs in, so that no rule throws anybody out of a reception that is running.
SET_UP_FIRST = "set_up_factor_first"

CODE_FIELD = "factor_code"  # of every form: what stands in it is never kept for later

# How somebody showed who they are, as the log and the sheet of a decision say it.
BY_PASSWORD = "mật khẩu"
BY_CODE = "mật khẩu và mã xác thực"
BY_RECOVERY = "mật khẩu và mã dự phòng"


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def app_of(key: bytes) -> TOTP:
    return TOTP(key, DIGITS, SHA1(), STEP)


def step_of(seconds: float) -> int:
    return int(seconds) // STEP


def code_at(key: bytes, step: int) -> str:
    return app_of(key).generate(step * STEP).decode()


def matching_step(key: bytes, code: str, seconds: float) -> int | None:
    """The step whose code this is, at the moment `seconds` or one step beside it. All are compared, whichever fits."""
    now = step_of(seconds)
    steps = range(now - DRIFT, now + DRIFT + 1)
    fits = [step for step in steps if hmac.compare_digest(code_at(key, step), code)]
    return fits[-1] if fits else None


def address_for_app(key: bytes, username: str) -> str:
    """What the picture holds: «otpauth://totp/…»."""
    return app_of(key).get_provisioning_uri(username, ISSUER)


def new_recovery_code() -> str:
    """«k7m2p-xw9ta»"""
    groups = ("".join(secrets.choice(PASSWORD_LETTERS) for _ in range(RECOVERY_GROUP)) for _ in range(2))
    return "-".join(groups)


def plain_code(text: str) -> str:
    """As it is compared: people type blanks, dashes and capitals."""
    return "".join(letter for letter in text.lower() if letter.isalnum())


def is_app_code(plain: str) -> bool:
    return len(plain) == DIGITS and plain.isascii() and plain.isdecimal()


def in_groups(text: str, size: int = 4) -> str:
    """«ABCD EFGH …», for typing by hand."""
    return " ".join(text[at : at + size] for at in range(0, len(text), size))


def wanting(required: Iterable[Role], held: Iterable[Role]) -> list[Role]:
    """Those of the held roles that must have a second factor, in the order of the roles."""
    both = set(required) & set(held)
    return [role for role in Role if role in both]
