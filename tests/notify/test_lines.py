"""Encryption and sign-in towards the mail server, and wrong settings."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured

from tests.notify.conftest import configure
from tests.notify.letters import fresh, queued, run
from tests.notify.servers import post
from tiepdan import environment as env

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Key and certificate of 127.0.0.1, signed by itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))  # OpenSSL reads the clock of the machine
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "may-chu.pem"
    form = serialization.Encoding.PEM
    secret = key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(secret + made.public_bytes(form))
    return file


def context(certificate: Path) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate)
    return made


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_stops_the_letter(
    settings: Any, certificate: Path, security: str
) -> None:
    with post(tls=context(certificate), is_wrapped=security == "tls") as office:
        configure(settings, office.port)
        settings.SMTP_SECURITY = security
        row = queued()
        run()
    assert office.messages == [] and fresh(row).state == "queued"
    assert "chứng thư của máy chủ thư không được tin cậy" in fresh(row).problem


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_own_authority_is_trusted_by_its_file_and_the_password_travels_encrypted(
    settings: Any, certificate: Path, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with post(tls=context(certificate), is_wrapped=security == "tls", password="bi-mat") as office:
        configure(settings, office.port)
        settings.SMTP_SECURITY, settings.SMTP_USER, settings.SMTP_PASSWORD = security, "tcd", "sai"
        row = queued()
        run()
        assert "không nhận tài khoản gửi (535)" in fresh(row).problem and fresh(row).state == "queued"
        settings.SMTP_PASSWORD = "bi-mat"
        due = fresh(row).due_at
        assert due is not None
        run(due)
    assert fresh(row).state == "sent" and len(office.messages) == 1


def test_a_password_is_read_from_its_file_and_a_missing_file_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "mat-khau"
    file.write_text("bí mật\n", encoding="utf-8")
    monkeypatch.setenv("TIEPDAN_SMTP_PASSWORD_FILE", str(file))
    assert env.secret_file("SMTP_PASSWORD_FILE") == "bí mật"
    monkeypatch.setenv("TIEPDAN_SMTP_PASSWORD_FILE", str(tmp_path / "khong-co"))
    with pytest.raises(ImproperlyConfigured, match="TIEPDAN_SMTP_PASSWORD_FILE"):
        env.secret_file("SMTP_PASSWORD_FILE")
    monkeypatch.delenv("TIEPDAN_SMTP_PASSWORD_FILE")
    assert env.secret_file("SMTP_PASSWORD_FILE") == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMTP_FROM", "khong-phai-thu"),
        ("SMTP_FROM", "a b@c.vn"),
        ("SMTP_SECURITY", "ssl"),
        ("SMTP_PORT", "hai lăm"),
        ("SMS_URL", "ftp://x"),
        ("PUBLIC_URL", "tiepdan.vn"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(name: str, value: str, tmp_path: Path) -> None:
    ask = [sys.executable, "-c", "import tiepdan.settings"]
    own = {"TIEPDAN_DATA": str(tmp_path), f"TIEPDAN_{name}": value}
    answer = subprocess.run(ask, cwd=ROOT, env={**os.environ, **own}, capture_output=True, text=True, check=False)
    assert answer.returncode != 0 and f"Cấu hình TIEPDAN_{name} có giá trị «{value}»" in answer.stderr


def test_a_server_without_an_own_address_is_refused(tmp_path: Path) -> None:
    own = {"TIEPDAN_DATA": str(tmp_path), "TIEPDAN_SMTP_HOST": "thu.test"}
    ask = [sys.executable, "-c", "import tiepdan.settings"]
    answer = subprocess.run(ask, cwd=ROOT, env={**os.environ, **own}, capture_output=True, text=True, check=False)
    assert answer.returncode != 0 and "TIEPDAN_SMTP_FROM" in answer.stderr
