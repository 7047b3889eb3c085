"""Nobody is shown a way that ends at «Không tìm thấy trang này»: one link of each kind of address, for each role."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import Resolver404, resolve

from tiepdan.accounts.models import Person
from tiepdan.demo.province import PEOPLE

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
OF_EACH_KIND = 2  # pages of one kind differ by the state of what they show
LEAVES = {"accounts:sign_out"}


def kind_of(address: str) -> str:
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return address  # followed all the same, to be told


def walk(browser: Client) -> Iterator[tuple[str, str, int]]:
    """Each address that was followed, the page on which it stood, what it answered."""
    waiting, seen, kinds = deque([("/viec-cua-toi/", "")]), {"/viec-cua-toi/"}, dict[str, int]()
    while waiting:
        address, origin = waiting.popleft()
        answer = browser.get(address)
        yield address, origin, answer.status_code
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.status_code != 200:
            continue
        for link in LINK.findall(answer.content.decode()):
            link, kind = link.replace("&amp;", "&"), kind_of(link)
            if link in seen or kind in LEAVES or kinds.get(kind, 0) >= OF_EACH_KIND:
                continue
            seen.add(link)
            kinds[kind] = kinds.get(kind, 0) + 1
            waiting.append((link, address))


def test_no_link_of_the_demo_province_is_dead(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "var"
    call_command("demo", "prepare", stdout=(tmp_path / "out").open("w"))
    dead, followed = [], 0
    for username in sorted({person.username for person in Person.objects.all()} & {one.username for one in PEOPLE}):
        browser = Client()
        browser.force_login(Person.objects.get(username=username))
        for address, origin, status in walk(browser):
            followed += 1
            if status >= 400:
                dead.append(f"{username}: {origin} → {address}: {status}")
    assert not dead, "\n".join(dead)
    assert followed > 20 * len(PEOPLE)
