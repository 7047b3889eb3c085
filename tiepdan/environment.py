"""Typed reading of TIEPDAN_* environment variables.

A wrong value stops the start with one Vietnamese sentence that names the variable: the person who
starts the server is an official's technician, not a Python programmer.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "TIEPDAN_"
YES = frozenset({"1", "true", "yes", "on", "co", "có"})
NO = frozenset({"0", "false", "no", "off", "khong", "không", ""})


class BadSetting(ImproperlyConfigured):
    """The sentence that the person who starts the server reads."""


def bad(name: str, value: str, wanted: str) -> BadSetting:
    return BadSetting(f"Cấu hình {PREFIX}{name} có giá trị «{value}» không dùng được: cần {wanted}.")


def text(name: str, default: str = "") -> str:
    return os.environ.get(PREFIX + name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    value = text(name, "1" if default else "0")
    if value.lower() in YES:
        return True
    if value.lower() in NO:
        return False
    raise bad(name, value, "1 (có) hoặc 0 (không)")


def number(name: str, default: int, low: int, high: int) -> int:
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit()) or not low <= int(value) <= high:
        raise bad(name, value, f"một số nguyên từ {low} đến {high}")
    return int(value)


def choice(name: str, default: str, allowed: Sequence[str]) -> str:
    value = text(name, default)
    if value not in allowed:
        raise bad(name, value, "một trong: " + ", ".join(allowed))
    return value


def words(name: str, default: Sequence[str] = ()) -> list[str]:
    found = [word.strip() for word in text(name).split(",") if word.strip()]
    return found or list(default)


def url(name: str, default: str, schemes: Sequence[str]) -> str:
    value = text(name, default)
    if urlsplit(value).scheme not in schemes or not urlsplit(value).hostname:
        raise bad(name, value, "một địa chỉ bắt đầu bằng " + " hoặc ".join(f"{s}://" for s in schemes))
    return value


def folder(name: str, default: Path) -> Path:
    path = Path(text(name, str(default))).expanduser().resolve()
    try:
        path.mkdir(mode=0o750, parents=True, exist_ok=True)
    except OSError as problem:
        raise bad(name, str(path), f"một thư mục ghi được ({problem.strerror})") from problem
    return path


def existing_folder(name: str) -> Path | None:
    """A folder that somebody filled; None when not set. A wrong name must not look like an empty folder."""
    given = text(name)
    if not given:
        return None
    path = Path(given).expanduser().resolve()
    if not path.is_dir():
        raise bad(name, given, "một thư mục đã có")
    return path


def secret(name: str, file: Path, *, length: int = 48) -> str:
    """The value of a variable, else of its file; the file is made (0600) on the first start."""
    given = text(name)
    if given:
        return given
    try:
        # O_EXCL: of several processes that start together exactly one writes the file.
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_secret(name, file)
    except OSError as problem:
        raise bad(name, str(file), f"một tệp ghi được ({problem.strerror})") from problem
    made = secrets.token_urlsafe(length)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(made + "\n")
    return made


def secret_file(name: str) -> str:
    """What stands in the file that the variable names (a password that somebody else gave us); "" when not set."""
    given = text(name)
    if not given:
        return ""
    try:
        return Path(given).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise bad(name, given, "một tệp đọc được, chứa mật khẩu hoặc mã bí mật") from problem


def mail_address(name: str, default: str = "") -> str:
    value = text(name, default)
    left, at, right = value.rpartition("@")
    if value and (not (left and at and right) or any(letter.isspace() for letter in value)):
        raise bad(name, value, "một địa chỉ thư điện tử, ví dụ tiepcongdan@tinh.gov.vn")
    return value


def _read_secret(name: str, file: Path) -> str:
    try:
        value = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise bad(name, str(file), "một tệp bí mật đọc được") from problem
    if len(value) < 16:
        raise bad(name, str(file), "một tệp bí mật có ít nhất 16 ký tự")
    return value


def database(name: str, sqlite_file: Path) -> dict[str, Any]:
    """`postgresql://user:password@host:5432/name`, or SQLite beside the server when not given."""
    value = text(name)
    if not value:
        return _sqlite(sqlite_file)
    parts = urlsplit(value)
    if parts.scheme == "sqlite":
        return _sqlite(Path("/" + unquote(parts.path).lstrip("/")))
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise bad(name, parts.scheme + "://…", "postgresql://tên:mật-khẩu@máy:5432/cơ-sở-dữ-liệu")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Disks without a moving arm: searching words in an index costs little more than reading the table in order.
        # Compiling a query takes longer than any page of ours may.
        "OPTIONS": {"options": "-c random_page_cost=1.1 -c jit=off"} | dict(parse_qsl(parts.query)),
    }


def _sqlite(file: Path) -> dict[str, Any]:
    # WAL + NORMAL: a commit survives kill -9 of the process; only a power cut may take the last
    # commits (never the consistency). IMMEDIATE: a writer waits its turn at BEGIN for up to 20 s
    # instead of failing half-way when it turns from reader into writer.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON",
        },
    }
