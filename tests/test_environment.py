"""Every wrong setting stops the start with one sentence that names it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tiepdan import environment as env

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("value", "read"),
    [("1", True), ("true", True), ("Có", True), ("0", False), ("no", False), ("", False), (None, False)],
)
def test_flag(monkeypatch: pytest.MonkeyPatch, value: str | None, read: bool) -> None:
    monkeypatch.delenv("TIEPDAN_DEBUG", raising=False)
    if value is not None:
        monkeypatch.setenv("TIEPDAN_DEBUG", value)
    assert env.flag("DEBUG") is read


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("PORT", "nhiều", lambda: env.number("PORT", 8000, 1, 65535)),
        ("PORT", "0", lambda: env.number("PORT", 8000, 1, 65535)),
        ("PORT", "-1", lambda: env.number("PORT", 8000, 1, 65535)),
        ("PORT", "8000.5", lambda: env.number("PORT", 8000, 1, 65535)),
        ("DEBUG", "có lẽ", lambda: env.flag("DEBUG")),
        ("MEDIA_ENGINE", "zoom", lambda: env.choice("MEDIA_ENGINE", "livekit", ["livekit", "fake"])),
        ("LIVEKIT_URL", "127.0.0.1:7880", lambda: env.url("LIVEKIT_URL", "", ["ws", "wss"])),
        ("LIVEKIT_URL", "ws://", lambda: env.url("LIVEKIT_URL", "", ["ws", "wss"])),
        ("DATABASE_URL", "mysql://x/y", lambda: env.database("DATABASE_URL", Path("x"))),
        ("DATABASE_URL", "postgresql://x", lambda: env.database("DATABASE_URL", Path("x"))),
        ("DATA", "/dev/null/x", lambda: env.folder("DATA", Path("x"))),
    ],
)
def test_a_bad_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, read: Any) -> None:
    monkeypatch.setenv(f"TIEPDAN_{name}", value)
    with pytest.raises(ImproperlyConfigured, match=f"Cấu hình TIEPDAN_{name} có giá trị «.*» không dùng được: cần"):
        read()


def test_a_password_of_the_database_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIEPDAN_DATABASE_URL", "mysql://me:s3cret@host/db")
    with pytest.raises(ImproperlyConfigured) as caught:
        env.database("DATABASE_URL", Path("x"))
    assert "s3cret" not in str(caught.value)


def test_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIEPDAN_DATABASE_URL", "postgresql://me:p%40ss@db.local:5433/tiepdan?sslmode=require")
    read = env.database("DATABASE_URL", Path("x"))
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"], read["NAME"], read["OPTIONS"]) == (
        "me",
        "p@ss",
        "db.local",
        "5433",
        "tiepdan",
        {"options": "-c random_page_cost=1.1 -c jit=off", "sslmode": "require"},
    )


@pytest.mark.parametrize("value", ["", "sqlite:////srv/tiepdan/db.sqlite3"])
def test_sqlite(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("TIEPDAN_DATABASE_URL", value)
    read = env.database("DATABASE_URL", Path("/x/db.sqlite3"))
    assert read["NAME"] == ("/srv/tiepdan/db.sqlite3" if value else "/x/db.sqlite3")
    assert read["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIEPDAN_SECRET_KEY", raising=False)
    file = tmp_path / "secret_key"
    made = env.secret("SECRET_KEY", file)
    assert len(made) >= 48 and env.secret("SECRET_KEY", file) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    monkeypatch.setenv("TIEPDAN_SECRET_KEY", "given")
    assert env.secret("SECRET_KEY", file) == "given"


def test_an_empty_secret_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIEPDAN_SECRET_KEY", raising=False)
    (tmp_path / "secret_key").write_text("short\n")
    with pytest.raises(ImproperlyConfigured, match="ít nhất 16 ký tự"):
        env.secret("SECRET_KEY", tmp_path / "secret_key")


def test_the_start_itself_says_what_is_wrong(tmp_path: Path) -> None:
    environ = {**os.environ, "TIEPDAN_DATA": str(tmp_path), "TIEPDAN_PORT": "cửa", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert (
        done.stderr.strip()
        == "Cấu hình TIEPDAN_PORT có giá trị «cửa» không dùng được: cần một số nguyên từ 1 đến 65535."
    )
