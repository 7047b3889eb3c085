"""The other side of the beat, reduced to what a bench needs: it assigns takes and remembers what it is told."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tiepdan.media.livekit import LiveKitEngine
from tiepdan.media.port import Rights

Report = dict[str, Any]
RECEPTION = "BT-2026-999"
ROOM = "bench"
# As tiepdan/recordings/views.py orders.
POLICY = {"segment_seconds": 60, "flush_ms": 250, "fsync_ms": 1000, "keyframe_seconds": 3}
_RIGHTS = Rights(camera=False, microphone=False, hidden=True, subscribe=True)


class Web:
    """Answers beats on a free port of 127.0.0.1 until `close`."""

    def __init__(self, engine: LiveKitEngine, halls: dict[str, str]) -> None:
        self.engine = engine
        self.halls = halls
        self.token = secrets.token_urlsafe(24)
        self.notes: list[dict[str, str]] = []
        self._orders: dict[str, str] = {}
        self._report: Report = {}
        self._news = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def order(self, take: str, do: str) -> None:
        """`record` or `close`; "" takes the take off the list."""
        with self._news:
            self._orders.pop(take, None)
            if do:
                self._orders[take] = do

    def take(self, take: str) -> Report:
        """What the newest beat said about a take, with the time of that beat in `at`."""
        with self._news:
            return self._take(take)

    def until(self, take: str, wanted: Callable[[Report], bool], seconds: float, what: str) -> Report:
        """Waits for a beat that says of the take what is wanted."""
        with self._news:
            if self._news.wait_for(lambda: wanted(self._take(take)), timeout=seconds):
                return self._take(take)
            raise TimeoutError(f"not within {seconds:g} s: {what}; last beat: {json.dumps(self._report)[:3000]}")

    def _take(self, take: str) -> Report:
        found: Report = next((item for item in self._report.get("takes", []) if item["id"] == take), {})
        return {"at": self._report.get("at"), **found}

    def _hear(self, report: Report) -> list[Report]:
        with self._news:
            self._report = report
            for take in report["takes"]:
                self.notes += [note | {"take": take["id"]} for note in take["notes"]]
            orders = dict(self._orders)
            self._news.notify_all()
        return [self._answer(take, do) for take, do in orders.items()]

    def _answer(self, take: str, do: str) -> Report:
        ticket = self.engine.ticket(ROOM, f"r.{take}", "bench", _RIGHTS, timedelta(minutes=10))
        return {
            "id": take,
            "reception": RECEPTION,
            "dir": f"{RECEPTION}/{take}",
            "room": ROOM,
            "url": self.engine.url,
            "token": ticket.token,
            "do": do,
            "halls": self.halls,
            "policy": POLICY,
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path != "/api/recorder/beat" or self.headers["Authorization"] != f"Bearer {web.token}":
                    self.send_error(401)
                    return
                takes = web._hear(json.loads(body))
                answer = json.dumps({"now": datetime.now(UTC).isoformat(), "takes": takes}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:
                pass  # one line a second says nothing

        return Handler
