from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.urls import urlpatterns as ours

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

PROBLEMS: dict[str, Exception] = {
    "refused": Refused("Chưa thể khai mạc.", code="gate"),
    "invalid": Invalid("Chưa nhập lý do.", code="reason"),
    "forbidden": Forbidden("Chỉ người chủ trì cho phát biểu.", code="chair_only"),
    "unknown": Http404("x"),
    "denied": PermissionDenied(),
}


def fails(request: HttpRequest, kind: str) -> HttpResponse:
    raise PROBLEMS.get(kind) or ZeroDivisionError("secret detail")


urlpatterns = [*ours, path("fails/<str:kind>/", fails)]
handler403 = "tiepdan.kernel.errors.forbidden"
handler404 = "tiepdan.kernel.errors.not_found"
handler500 = "tiepdan.kernel.errors.broken"

UNKNOWN = "Không tìm thấy trang này, hoặc bạn không có quyền xem."
TABLE = [
    ("/fails/refused/", 409, "Chưa thể khai mạc.", "gate"),
    ("/fails/invalid/", 422, "Chưa nhập lý do.", "reason"),
    ("/fails/forbidden/", 403, "Chỉ người chủ trì cho phát biểu.", "chair_only"),
    ("/fails/unknown/", 404, UNKNOWN, "not_found"),
    ("/fails/denied/", 403, UNKNOWN, "forbidden"),
    ("/khong-co-trang-nay/", 404, UNKNOWN, "not_found"),
    ("/fails/broken/", 500, "Máy chủ gặp lỗi khi thực hiện việc này.", "broken"),
]


@pytest.mark.parametrize(("address", "status", "sentence", "code"), TABLE)
def test_page(address: str, status: int, sentence: str, code: str) -> None:
    response = Client(raise_request_exception=False).get(address)
    assert response.status_code == status
    text = response.content.decode()
    assert sentence in text and "<h1>" in text and 'lang="vi"' in text
    assert "secret detail" not in text


@pytest.mark.parametrize(("address", "status", "sentence", "code"), TABLE)
def test_json(address: str, status: int, sentence: str, code: str) -> None:
    response = Client(raise_request_exception=False).get(address, headers={"accept": "application/json"})
    assert response.status_code == status
    body: dict[str, Any] = json.loads(response.content)
    assert body["sentence"].startswith(sentence) and body["code"] == code
    assert set(body) == {"sentence", "code"}


def test_an_old_token_is_told_to_reload() -> None:
    response = Client(enforce_csrf_checks=True).post("/dang-nhap/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "Hãy tải lại trang" in response.content.decode()


def test_a_refusal_travels_between_processes() -> None:
    again = pickle.loads(pickle.dumps(Invalid("Chưa nhập lý do.", code="reason")))
    assert (type(again), again.sentence, again.code) == (Invalid, "Chưa nhập lý do.", "reason")


@pytest.mark.parametrize(
    ("came_from", "offered"),
    [("http://testserver/buoi-tiep/", True), ("https://ke-xau.example/", False), ("", False)],
)
def test_the_way_back_leads_to_a_page_of_ours(came_from: str, offered: bool) -> None:
    page = Client(headers={"referer": came_from}).post("/fails/refused/").content.decode()
    assert ("Trở lại" in page) is offered
    assert "ke-xau" not in page
