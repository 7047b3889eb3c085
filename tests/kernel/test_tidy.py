"""What comes in is tidied once, for every form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import RequestFactory

from tiepdan.kernel.machine import for_machines
from tiepdan.kernel.middleware import TidyMiddleware, tidied
from tiepdan.kernel.text import tidy


def test_unseen_marks_go_and_lines_and_emoji_stay() -> None:
    assert tidy("a\x00\x1b\u202e\u200b\ufeffb\tc\r\nd") == "ab\tc\r\nd"
    assert tidy("👩‍👧 🏳️‍🌈 ١٢٣ <b>") == "👩‍👧 🏳️‍🌈 ١٢٣ <b>"
    assert tidy("Nguye\u0302\u0303n") == "Nguyễn"


def test_every_value_is_tidied_but_passwords_are_taken_as_they_are() -> None:
    words = QueryDict(mutable=True)
    words.setlist("line", ["a\x00", "b\u200b"])
    words["password"] = words["old"] = "mâ\u0323t\x00 khẩu"
    found = tidied(words)
    assert found.getlist("line") == ["a", "b"]
    assert found["password"] == found["old"] == words["password"]


def test_what_a_machine_sends_is_left_to_its_door_even_when_it_calls_it_a_form() -> None:
    @for_machines
    def door(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.body)

    request = RequestFactory().post("/", {"line": "a\x00"})
    TidyMiddleware(door).process_view(request, door, (), {})
    assert b"a\x00" in door(request).content
