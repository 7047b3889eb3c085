"""The mail server: the only module that speaks SMTP.

What matters is to know, after every way in which a conversation may end, whether the server has the message. Up to the
last line of the message it has not; after its «250» it has; between the two nobody knows (RFC 5321 4.1.1.4, 4.2.5).
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from dataclasses import replace
from email.header import Header
from email.headerregistry import Address, HeaderRegistry, UniqueUnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode

from tiepdan.notify.edge import Mail, Never, NotNow, Unsure
from tiepdan.notify.rules import one_line, permanent_reason

_MEANING = re.compile(r'[()<>\[\]:;@\\,."]')


class _Subject(UniqueUnstructuredHeader):
    """Folded the old way: the new one loses the space where a long subject breaks (python/cpython#92081)."""

    def fold(self, *, policy: Policy[Any]) -> str:
        words = Header(str(self), "utf-8", header_name="Subject").encode(linesep=policy.linesep)
        return f"Subject: {words}{policy.linesep}"


def _policy() -> EmailPolicy[EmailMessage]:
    headers = HeaderRegistry()
    headers.registry["subject"] = _Subject  # type: ignore[assignment]  # typeshed wants a finished header class
    return SMTP.clone(cte_type="7bit", header_factory=headers)


_POLICY = _policy()


def is_configured() -> bool:
    return bool(settings.SMTP_HOST)


def domain() -> str:
    return str(settings.SMTP_FROM).rpartition("@")[2] or "localhost"


def send(mail: Mail) -> None:
    """Hand one message to the server.

    Raises:
        NotNow: not sent, try again later.
        Never: not sent, this address or message is refused for good.
        Unsure: perhaps sent.
    """
    address = _plain(mail.address)
    content = build(replace(mail, address=address)).as_bytes()
    server = _connected()
    try:
        _handed(server, address, content)
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _plain(address: str) -> str:
    """The address in letters that every server takes: a domain has such a form, a mailbox has not."""
    try:
        validate_email(address)
        box, _, place = address.rpartition("@")
        return f"{box}@{punycode(place)}"
    except (ValidationError, UnicodeError) as problem:
        raise Never("địa chỉ thư điện tử viết sai") from problem


def build(mail: Mail) -> EmailMessage:
    """The message, in seven-bit letters only.

    Whatever somebody typed into a name or a subject stays in its header: signs that mean something in an address are
    taken out of the sender's name, and the receiver's name stands in the letter, not in «To».
    """
    message = EmailMessage(policy=_POLICY)
    message["Subject"] = one_line(mail.subject)
    message["From"] = Address(one_line(_MEANING.sub(" ", mail.sender)), addr_spec=settings.SMTP_FROM)
    message["To"] = mail.address
    message["Date"] = mail.at
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body, charset="utf-8")
    for part in mail.attachments:
        kind, _, ending = part.kind.partition("/")
        message.add_attachment(part.content, maintype=kind, subtype=ending, filename=part.name)
    return message


class _KnowsWhere:
    """Added to both kinds of connection: whether the last line of the message may have reached the server."""

    is_handed = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """As smtplib's, which does not tell whether a broken line broke before or after the message."""
        connection: Any = self
        code, words = connection.docmd("data")
        if code != 354:
            raise smtplib.SMTPDataError(code, words)
        text = re.sub(rb"(?m)^\.", b"..", msg)
        if not text.endswith(b"\r\n"):
            text += b"\r\n"
        connection.send(text)
        self.is_handed = True
        if connection.sock is not None:
            connection.sock.settimeout(settings.SMTP_PATIENCE)
        connection.send(b".\r\n")
        code, words = self._last_answer(connection)
        if connection.sock is not None:
            connection.sock.settimeout(settings.SMTP_TIMEOUT)  # taking leave is not worth a long wait
        if 400 <= code < 600:
            self.is_handed = False
            raise smtplib.SMTPDataError(code, words)
        return 250, words

    def _last_answer(self, connection: Any) -> tuple[int, bytes]:
        """Success or refusal; anything else says as little as a broken line."""
        try:
            code, words = connection.getreply()
        except smtplib.SMTPResponseException as problem:  # longer than an answer may be
            raise smtplib.SMTPServerDisconnected("no answer") from problem
        if not (200 <= code < 300 or 400 <= code < 600):
            raise smtplib.SMTPServerDisconnected("no answer")
        return code, words


class _Plain(_KnowsWhere, smtplib.SMTP):
    pass


class _Sealed(_KnowsWhere, smtplib.SMTP_SSL):
    pass


def _connected() -> _Plain | _Sealed:
    host, port, wait = settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_TIMEOUT
    server: _Plain | _Sealed | None = None
    try:
        if settings.SMTP_SECURITY == "tls":
            server = _Sealed(host, port, timeout=wait, context=ssl.create_default_context())
        else:
            server = _Plain(host, port, timeout=wait)
            server.ehlo()
            if settings.SMTP_SECURITY == "starttls":
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
        if settings.SMTP_USER:
            server.login(settings.SMTP_USER, settings.SMTP_PASSWORD)
    except smtplib.SMTPAuthenticationError as problem:
        _closed(server)
        # The password is the office's to mend, not the receiver's fault: the message waits.
        raise NotNow(f"máy chủ thư không nhận tài khoản gửi ({problem.smtp_code})", is_line=True) from None
    except (OSError, smtplib.SMTPException) as problem:
        _closed(server)
        raise NotNow(_line_reason(problem), is_line=True) from None
    return server


def _closed(server: _Plain | _Sealed | None) -> None:
    if server is not None:
        server.close()


def _line_reason(problem: Exception) -> str:
    if isinstance(problem, ssl.SSLCertVerificationError):
        return "chứng thư của máy chủ thư không được tin cậy"
    if isinstance(problem, TimeoutError) or isinstance(problem.__context__, TimeoutError):  # smtplib hides it
        return "máy chủ thư không trả lời"
    if isinstance(problem, smtplib.SMTPNotSupportedError):
        return "máy chủ thư không hỗ trợ kết nối mã hóa hoặc đăng nhập như đã cấu hình"
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"máy chủ thư tạm từ chối ({problem.smtp_code} {_words(problem.smtp_error)})"
    if isinstance(problem, smtplib.SMTPServerDisconnected | OSError):
        return "không kết nối được máy chủ thư"
    return "máy chủ thư trả lời khác quy ước"


def _words(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return one_line(text)[:200]


def _handed(server: _Plain | _Sealed, address: str, content: bytes) -> None:
    try:
        server.sendmail(settings.SMTP_FROM, [address], content)
    except smtplib.SMTPRecipientsRefused as problem:
        code, said = next(iter(problem.recipients.values()))
        _refused(code, _words(said), address)
    except smtplib.SMTPSenderRefused as problem:
        words = _words(problem.smtp_error)
        if problem.smtp_code == 552 or words.startswith("5.3.4"):  # told at MAIL FROM already: larger than it takes
            raise Never(permanent_reason(problem.smtp_code, words)) from None
        # The office's own address is refused: no message can leave.
        raise NotNow(f"máy chủ thư không nhận địa chỉ gửi của cơ quan ({problem.smtp_code})", is_line=True) from None
    except smtplib.SMTPResponseException as problem:
        _refused(problem.smtp_code, _words(problem.smtp_error), address)
    except (OSError, smtplib.SMTPException) as problem:
        if server.is_handed:
            raise Unsure from None
        raise NotNow(_line_reason(problem)) from None


def _refused(code: int, words: str, address: str) -> None:
    words = words.replace(address, "…")
    if 500 <= code < 600:
        raise Never(permanent_reason(code, words)) from None
    raise NotNow(f"máy chủ thư hẹn gửi lại sau ({code} {words})", is_line=code == 421) from None
