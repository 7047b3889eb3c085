"""Answers to requests that went wrong: the same sentences as a page or as JSON."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from tiepdan.kernel.refusals import Refused

UNKNOWN = "Không tìm thấy trang này, hoặc bạn không có quyền xem."
OLD_PAGE = "Phiên làm việc đã hết hoặc trang đã cũ. Hãy tải lại trang rồi làm lại."
BROKEN = "Máy chủ gặp lỗi khi thực hiện việc này. Hãy thử lại; nếu vẫn lỗi, gọi cán bộ kỹ thuật."


def prefers_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def answer(request: HttpRequest, status: int, sentence: str, code: str = "") -> HttpResponse:
    if prefers_json(request):
        return JsonResponse({"sentence": sentence, "code": code}, status=status)
    facts = {"sentence": sentence, "code": code, "back": _back(request)}
    page = render_to_string(f"errors/{status}.html", facts, request)
    return HttpResponse(page, status=status)


def _back(request: HttpRequest) -> str:
    """The page whose button was pressed, when it is one of ours."""
    came_from: str = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if request.method == "POST" and ours else ""


def refused(request: HttpRequest, problem: Refused) -> HttpResponse:
    return answer(request, problem.status, problem.sentence, problem.code)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 404, UNKNOWN, "not_found")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # The same words as for a page that does not exist: a refusal must not tell that something is there.
    return answer(request, 403, UNKNOWN, "forbidden")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, 403, OLD_PAGE, "csrf")


def broken(request: HttpRequest) -> HttpResponse:
    if prefers_json(request):
        return JsonResponse({"sentence": BROKEN, "code": "broken"}, status=500)
    # Without the request: context processors ask the database, which may be what is broken.
    return HttpResponseServerError(render_to_string("errors/500.html", {"sentence": BROKEN}))
