"""«Nhập từ Excel»: template, upload, preview, confirmation; one set of pages for every kind. And the list of rights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tiepdan.accounts.access import governed, people_of, staff
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries_factor import missing_among
from tiepdan.accounts.queries_people import people_matching
from tiepdan.accounts.rules import Role
from tiepdan.kernel.refusals import Refused
from tiepdan.sheets import access, actions, export
from tiepdan.sheets.checking import Checked
from tiepdan.sheets.forms import SheetForm
from tiepdan.sheets.importers import Importer
from tiepdan.sheets.models import Upload

PER_PAGE = 50
RECENT = 20


@require_safe
@never_cache
@staff()
def kinds(request: HttpRequest, person: Person) -> HttpResponse:
    """Everything that this person may bring in."""
    found = access.importers_of(person, timezone.localdate())
    if not found:
        raise Http404
    return render(request, "sheets/kinds.html", {"importers": found})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff()
def upload(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now, today = _moment()
    importer = access.importer_for(person, code, today)
    form = SheetForm(request.POST or None, request.FILES or None, agencies=access.agencies_for(person, importer, today))
    sentence, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = form.cleaned_data
            try:
                row = actions.take(importer, values["sheet"], agency=values["agency"], by=person, at=now)
            except Refused as refused:
                sentence, status = refused.sentence, refused.status
            else:
                return redirect("sheets:preview", code, row.pk)
    facts = {
        "importer": importer,
        "form": form,
        "sentence": sentence,
        "recent": access.uploads_for(person, importer, today)[:RECENT],
    }
    return render(request, "sheets/upload.html", facts, status=status)


@require_safe
@staff()
def template(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """An empty sheet with the headings and one example."""
    importer = access.importer_for(person, code, timezone.localdate())
    columns = [
        (f"{column.heading} *" if column.required else column.heading, column.width) for column in importer.columns
    ]
    example = [column.example for column in importer.columns]
    return export.xlsx(columns, [example] if any(example) else [], f"mau-{importer.code}")


@require_safe
@never_cache
@staff()
def preview(request: HttpRequest, person: Person, code: str, pk: int) -> HttpResponse:
    now, today = _moment()
    importer = access.importer_for(person, code, today)
    row = access.upload_for(person, importer, pk, today)
    return _preview(request, importer, row, now)


@require_POST
@staff()
def confirm(request: HttpRequest, person: Person, code: str, pk: int) -> HttpResponse:
    now, today = _moment()
    importer = access.importer_for(person, code, today)
    row = access.upload_for(person, importer, pk, today)
    try:
        count = actions.bring_in(row, importer, only_right="dung" in request.POST, by=person, at=now)
    except Refused as refused:
        row.refresh_from_db()
        return _preview(request, importer, row, now, refused.sentence, refused.status)
    if row.state == "running":
        return redirect("sheets:preview", code, pk)
    messages.success(request, f"Đã nhập {count} dòng.")
    return redirect(importer.leads_to)


@require_POST
@staff()
def drop(request: HttpRequest, person: Person, code: str, pk: int) -> HttpResponse:
    now, today = _moment()
    importer = access.importer_for(person, code, today)
    actions.drop(access.upload_for(person, importer, pk, today), importer, by=person, at=now)
    messages.success(request, "Đã bỏ tệp này, chưa nhập dòng nào.")
    return redirect("sheets:import", code)


def _preview(
    request: HttpRequest, importer: Importer, row: Upload, now: datetime, sentence: str = "", status: int = 200
) -> HttpResponse:
    """Wrong rows when asked for (`?sai=1`), else all, with what is wrong in each."""
    is_open = row.state == "previewed"
    lines: list[Checked] = actions.checked(row, importer, now) if is_open else []
    only_wrong = "sai" in request.GET
    shown = [one for one in lines if one.problems] if only_wrong else lines
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    wrong = sum(1 for one in lines if one.problems)
    facts = {
        "importer": importer,
        "row": row,
        "page": page,
        "query": "sai=1" if only_wrong else "",
        "only_wrong": only_wrong,
        "lines": [(one, [one.line.values.get(column.key, "") for column in importer.columns]) for one in page],
        "count": len(lines),
        "wrong": wrong,
        "right": len(lines) - wrong,
        "is_open": is_open,
        "effects": importer.effects([one.cleaned for one in lines if not one.problems]) if importer.effects else (),
        "sentence": sentence,
    }
    return render(request, "sheets/preview.html", facts, status=status)


RIGHTS = (
    ("Họ và tên", 28),
    ("Tên đăng nhập", 20),
    ("Cơ quan", 36),
    ("Vai trò", 22),
    ("Chức vụ", 28),
    ("Từ ngày", 12),
    ("Đến hết ngày", 12),
    ("Tài khoản", 12),
    ("Xác thực hai lớp", 20),
    ("Đăng nhập gần nhất", 18),
    ("Rà soát quyền", 14),
)


@require_safe
@staff(Role.ADMIN)
def rights(request: HttpRequest, person: Person, form: str) -> HttpResponse:
    """«Danh sách quyền»: every post of everybody whom the administrator governs."""
    today = timezone.localdate()
    ids = governed(person, today)
    people = people_matching(people_of(ids), ids, today, state="all")
    rows = _rights(list(people), today)
    return (export.xlsx if form == "xlsx" else export.csv)(RIGHTS, rows, f"danh-sach-quyen-{today:%Y%m%d}")


def _rights(people: list[Any], today: date) -> Iterator[tuple[Any, ...]]:
    missing = missing_among(people, today)
    for person in people:
        asked = "Bắt buộc, chưa bật" if person.pk in missing else "Chưa bật"
        for post in person.shown_posts:
            yield (
                person.full_name,
                person.username,
                post.agency.name,
                post.role_kind.label,
                post.title,
                post.valid_from,
                post.valid_to,
                "Đang dùng" if person.is_active else "Đã khóa",
                "Đã bật" if person.factor_at else asked,
                person.last_login,
                person.reviewed_on,
            )


def _moment() -> tuple[datetime, date]:
    now = timezone.now()
    return now, timezone.localdate(now)
