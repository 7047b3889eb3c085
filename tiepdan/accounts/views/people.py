"""People, their posts and their accounts (S39)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tiepdan.accounts import access, queries
from tiepdan.accounts.actions import people as actions
from tiepdan.accounts.actions import posts as post_actions
from tiepdan.accounts.forms.people import (
    EndPostForm,
    LockForm,
    NewPersonForm,
    PersonFilter,
    PersonForm,
    PostForm,
)
from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import Role, is_reviewed
from tiepdan.accounts.web import FormPage, form_page
from tiepdan.kernel.refusals import Forbidden

PER_PAGE = 50
FROM_ABOVE = (
    "Người này còn giữ vị trí ở cơ quan ngoài phạm vi quản trị của bạn. "
    "Tài khoản do quản trị viên của cơ quan cấp trên quản lý."
)


@require_safe
@never_cache
@access.staff(Role.ADMIN)
def index(request: HttpRequest, person: Person) -> HttpResponse:
    today = timezone.localdate()
    ids = access.governed(person, today)
    agencies = queries.agencies_on(today).filter(pk__in=ids).order_by("name")
    form = PersonFilter(request.GET, agencies=agencies)
    filters = form.filters()
    people = queries.people_matching(access.people_of(ids), ids, today, **filters)
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    facts = {
        "form": form,
        "page": page,
        "query": kept.urlencode(),
        "rows": [(row, is_reviewed(row.reviewed_on, today)) for row in page.object_list],
        "reviewing": filters["state"] == "unreviewed",
        "lonely": queries.lonely_tops(ids, today),
        "today": today,
    }
    return render(request, "accounts/people.html", facts)


@require_safe
@never_cache
@access.staff(Role.ADMIN)
def detail(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    _, today = _moment()
    ids = access.governed(person, today)
    other = access.person_for(ids, pk)
    facts = {
        "other": other,
        "posts": other.posts.filter(agency__in=ids).select_related("agency").order_by("-valid_from", "role"),
        "has_others": other.posts.exclude(agency__in=ids).exists(),
        "is_reviewed": is_reviewed(other.reviewed_on, today),
        "problem": "" if access.governs(ids, other, today) else FROM_ABOVE,
        "is_oneself": other.pk == person.pk,
        "today": today,
    }
    return render(request, "accounts/person.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@access.staff(Role.ADMIN)
def add(request: HttpRequest, person: Person) -> HttpResponse:
    now, today = _moment()
    agencies = queries.agencies_on(today).filter(pk__in=access.governed(person, today)).order_by("name")
    first = {"agency": request.GET.get("co-quan")}
    form = NewPersonForm(request.POST or None, agencies=agencies, today=today, initial=first)
    page = FormPage("Mời người dùng", "Thêm người dùng", reverse("accounts:people"))

    def act(values: dict[str, Any]) -> HttpResponse:
        values["username"] = values["username"] or actions.free_username(values["full_name"])
        fresh, password = actions.add_person(**values, by=person, at=now)
        return _slip(request, fresh, password)

    return form_page(request, form, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@access.staff(Role.ADMIN)
def edit(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now, other = _account(person, pk)
    kept = {"full_name": other.full_name, "phone": other.phone, "email": other.email}
    form = PersonForm(request.POST or None, initial=kept)
    page = FormPage(f"Sửa thông tin {other.full_name}", "Lưu thay đổi", _page_of(other))

    def act(values: dict[str, Any]) -> HttpResponse:
        actions.edit_person(other, **values, by=person, at=now)
        return redirect("accounts:person", other.pk)

    return form_page(request, form, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@access.staff(Role.ADMIN)
def add_post(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now, today = _moment()
    ids = access.governed(person, today)
    other = access.person_for(ids, pk)
    agencies = queries.agencies_on(today).filter(pk__in=ids).order_by("name")
    form = PostForm(request.POST or None, agencies=agencies, today=today)
    page = FormPage(f"Giao vai trò cho {other.full_name}", "Giao vai trò", _page_of(other))

    def act(values: dict[str, Any]) -> HttpResponse:
        post_actions.add_post(other, **values, by=person, at=now)
        return redirect("accounts:person", other.pk)

    return form_page(request, form, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@access.staff(Role.ADMIN)
def end_post(request: HttpRequest, person: Person, pk: int, post: int) -> HttpResponse:
    now, today = _moment()
    ids = access.governed(person, today)
    other = access.person_for(ids, pk)
    row = access.post_for(ids, other, post)
    form = EndPostForm(request.POST or None, initial={"last_day": row.valid_to or today})
    page = FormPage(
        f"Kết thúc vai trò «{row.role_kind.label}» của {other.full_name}",
        "Kết thúc vai trò",
        _page_of(other),
        f"Tại {row.agency.name}, từ {row.valid_from:%d/%m/%Y}.",
        is_danger=True,
    )

    def act(values: dict[str, Any]) -> HttpResponse:
        post_actions.end_post(row, **values, by=person, at=now)
        return redirect("accounts:person", other.pk)

    return form_page(request, form, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@access.staff(Role.ADMIN)
def lock(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now, other = _account(person, pk)
    page = FormPage(
        f"Khóa tài khoản của {other.full_name}",
        "Khóa",
        _page_of(other),
        "Người này không đăng nhập được nữa và bị thoát khỏi mọi máy. Vai trò và hồ sơ giữ nguyên, có thể mở lại.",
        f"Khóa tài khoản của {other.full_name}?",
        is_danger=True,
    )

    def act(values: dict[str, Any]) -> HttpResponse:
        actions.lock_person(other, **values, by=person, at=now)
        return redirect("accounts:person", other.pk)

    return form_page(request, LockForm(request.POST or None), page, act)


@require_POST
@access.staff(Role.ADMIN)
def unlock(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now, other = _account(person, pk)
    actions.unlock_person(other, by=person, at=now)
    return redirect("accounts:person", other.pk)


@require_POST
@never_cache
@access.staff(Role.ADMIN)
def reset_password(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now, other = _account(person, pk)
    return _slip(request, other, actions.reset_password(other, by=person, at=now))


@require_POST
@access.staff(Role.ADMIN)
def review(request: HttpRequest, person: Person) -> HttpResponse:
    """Everybody who was ticked; `next` is the page of one person."""
    now, today = _moment()
    ids = access.governed(person, today)
    chosen = {int(word) for word in request.POST.getlist("nguoi") if word.isdecimal()}
    done = actions.review(access.people_of(ids).filter(pk__in=chosen).order_by("pk"), by=person, at=now)
    if done:
        messages.success(request, f"Đã ghi nhận rà soát quyền năm {today.year} của {done} người.")
    else:
        messages.warning(request, "Chưa chọn người nào để rà soát.")
    if request.POST.get("ve") == "nguoi" and len(chosen) == 1:
        return redirect("accounts:person", chosen.pop())
    return redirect(f"{reverse('accounts:people')}?state=unreviewed")


def _slip(request: HttpRequest, other: Person, password: str) -> HttpResponse:
    """The only page that ever shows the password."""
    return render(request, "accounts/first_password.html", {"other": other, "password": password})


def _account(person: Person, pk: int) -> tuple[datetime, Person]:
    now, today = _moment()
    ids = access.governed(person, today)
    other = access.person_for(ids, pk)
    if not access.governs(ids, other, today):
        raise Forbidden(FROM_ABOVE, code="from_above")
    return now, other


def _moment() -> tuple[datetime, date]:
    now = timezone.now()
    return now, timezone.localdate(now)


def _page_of(other: Person) -> str:
    return reverse("accounts:person", args=[other.pk])
