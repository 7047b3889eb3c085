"""A person or a hall over plain HTTP, for benches that need no browser."""

from __future__ import annotations

import http.client
import json
import urllib.parse
from typing import Any

from tests.e2e.stack import Stack


class Desk:
    """A signed-in member of staff."""

    def __init__(self, stack: Stack, username: str) -> None:
        self.port = stack.port
        self.cookies: dict[str, str] = {}
        page = self.get("/dang-nhap/")[1].decode()
        self.token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        form = {"username": username, "password": stack.slip["staff_password"], "next": ""}
        assert self.post("/dang-nhap/", form)[0] == 302
        page = self.get("/buoi-tiep/")[1].decode()
        self.token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    def get(self, path: str) -> tuple[int, bytes]:
        return self._send("GET", path, None)

    def post(self, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        fields = {"csrfmiddlewaretoken": self.token, **(form or {})}
        return self._send("POST", path, urllib.parse.urlencode(fields))

    def json(self, path: str) -> Any:
        return json.loads(self.get(path)[1])

    def _send(self, method: str, path: str, body: str | None) -> tuple[int, bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)  # the first page waits for imports
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request(method, path, body, headers)
        answer = line.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition(";")[0].partition("=")
                self.cookies[cookie] = rest
        line.close()
        return answer.status, content
