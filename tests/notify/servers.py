"""Real servers on free ports: a mail server that can be told to fail, a port that never speaks, a gateway."""

from __future__ import annotations

import asyncio
import contextlib
import email
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult

WAIT = 10.0  # seconds after which a test gives up


@dataclass
class Post:
    """A mail server. `replies` are taken one after another for the step that they name; then everything is taken."""

    port: int = 0
    replies: list[tuple[str, str]] = field(default_factory=list)  # ("RCPT", "550 5.1.1 unknown")
    messages: list[EmailMessage] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    connections: int = 0
    has_message: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    holds: bool = False  # take the message, and answer only when `go_on` is set

    def _reply(self, step: str) -> str | None:
        if self.replies and self.replies[0][0] == step:
            return self.replies.pop(0)[1]
        return None

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        reply = self._reply("MAIL")
        if reply is None:
            envelope.mail_from = address
        return reply or "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        reply = self._reply("RCPT")
        if reply is None:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        reply = self._reply("DATA")
        if reply not in (None, "drop"):
            return str(reply)
        message = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.receivers += envelope.rcpt_tos
        self.has_message.set()
        if reply == "drop":
            server.transport.abort()
        if self.holds:
            await asyncio.get_running_loop().run_in_executor(None, self.go_on.wait, WAIT)
        return "250 2.0.0 OK"


@contextlib.contextmanager
def post(
    *replies: tuple[str, str],
    holds: bool = False,
    tls: ssl.SSLContext | None = None,
    is_wrapped: bool = False,
    password: str = "",
) -> Iterator[Post]:
    """`tls` is offered by STARTTLS, or spoken from the first byte when `is_wrapped`; `password`: sign in first."""
    office = Post(replies=list(replies), holds=holds)

    def allowed(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == password.encode(), handled=False)

    loop = asyncio.new_event_loop()

    def door() -> SMTP:
        office.connections += 1
        return SMTP(
            office,
            hostname="thu.test",
            enable_SMTPUTF8=False,
            loop=loop,
            data_size_limit=2_000_000,
            tls_context=None if is_wrapped else tls,
            authenticator=allowed if password else None,
            auth_required=bool(password),
            auth_require_tls=bool(password) and not is_wrapped,
        )

    # In a thread from the beginning: the caller's own may run a loop already, as Playwright's does.
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    opening = loop.create_server(door, "127.0.0.1", 0, ssl=tls if is_wrapped else None)
    server = asyncio.run_coroutine_threadsafe(opening, loop).result(WAIT)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        office.go_on.set()
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(WAIT)
        loop.close()


@contextlib.contextmanager
def silent() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(16)
        yield int(listener.getsockname()[1])


def closed_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Gateway:
    """The other side of docs/notices.md, "Short messages": one id is sent once."""

    url: str = ""
    token: str = "ma-cua-cong"
    answers: list[tuple[int, Any]] = field(default_factory=list)  # for the next POSTs
    states: dict[str, str] = field(default_factory=dict)
    sent: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: int = 0


@contextlib.contextmanager
def gateway() -> Iterator[Gateway]:
    box = Gateway()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            box.asked += 1
            if self.headers["Authorization"] != f"Bearer {box.token}":
                self._say(401, {"problem": "sai mã"})
            elif box.answers:
                code, answer = box.answers.pop(0)
                if code == 0:  # took it, and the line broke before the answer
                    box.sent.setdefault(body["id"], body)
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self._say(code, answer)
            else:
                box.sent.setdefault(body["id"], body)
                self._say(200, {"id": body["id"], "state": box.states.get(body["id"], "sent")})

        def do_GET(self) -> None:
            known = self.path.rsplit("/", 1)[-1]
            if known not in box.sent:
                self._say(404, {"problem": "không biết"})
            else:
                self._say(200, {"id": known, "state": box.states.get(known, "sent")})

        def _say(self, code: int, answer: Any) -> None:
            text = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    box.url = f"http://127.0.0.1:{server.server_port}/tin"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
        thread.join(WAIT)
