"""People, their posts and their accounts (S39)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tiepdan.accounts import access, queries_people
from tiepdan.accounts.actions import people as actions
from tiepdan.accounts.actions import posts as post_actions
from tiepdan.accounts.actions.door import CODE, STAFF, door_keys
from tiepdan.accounts.forms.people import (
    EndPostForm,
    LockForm,
    NewPersonForm,
    PersonFilter,
    PersonForm,
    PostForm,
)
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries_factor import missing_among, reset_waiting, roles_that_require
from tiepdan.accounts.rules import is_reviewed
from tiepdan.accounts.throttle import held, locked_until
from tiepdan.accounts.views.governing import Change, Desk, changing, governing
from tiepdan.accounts.web import FormPage
from tiepdan.kernel.refusals import Forbidden

PER_PAGE = 50
FROM_ABOVE = (
    "Người này còn giữ vị trí ở cơ quan ngoài phạm vi quản trị của bạn. "
    "Tài khoản do quản trị viên của cơ quan cấp trên quản lý."
)


@require_safe
@governing
def index(desk: Desk) -> HttpResponse:
    form = PersonFilter(desk.request.GET, agencies=desk.offered())
    filters = form.filters()
    people = queries_people.people_matching(access.people_of(desk.ids), desk.ids, desk.today, **filters)
    page = Paginator(people, PER_PAGE).get_page(desk.request.GET.get("page"))
    kept = desk.request.GET.copy()
    kept.pop("page", None)
    locked = held(desk.now, STAFF, CODE)
    facts = {
        "form": form,
        "page": page,
        "query": kept.urlencode(),
        "rows": [(row, is_reviewed(row.reviewed_on, desk.today)) for row in page.object_list],
        "factor_missing": missing_among(page.object_list, desk.today),
        "reviewing": filters["state"] == "unreviewed",
        "lonely": queries_people.lonely_tops(desk.ids, desk.today),
        "locked_out": queries_people.locked_out(access.people_of(desk.ids), locked),
        "today": desk.today,
    }
    return render(desk.request, "accounts/people.html", facts)


@require_safe
@governing
def detail(desk: Desk, pk: int) -> HttpResponse:
    other = access.person_for(desk.ids, pk)
    locks = [locked_until(key, desk.now) for key in door_keys(other.username)]
    facts = {
        "other": other,
        "posts": other.posts.filter(agency__in=desk.ids).select_related("agency").order_by("-valid_from", "role"),
        "has_others": other.posts.exclude(agency__in=desk.ids).exists(),
        "is_reviewed": is_reviewed(other.reviewed_on, desk.today),
        "reviews": queries_people.reviews_of(other),
        "locked_until": max(filter(None, locks), default=None),
        "reset": reset_waiting(other, desk.now),
        "must_have": bool(roles_that_require(other, desk.today)),
        "problem": "" if access.governs(desk.ids, other, desk.today) else FROM_ABOVE,
        "is_oneself": other.pk == desk.person.pk,
        "today": desk.today,
    }
    return render(desk.request, "accounts/person.html", facts)


@changing
def add(desk: Desk) -> Change:
    first = {"agency": desk.request.GET.get("co-quan")}
    form = NewPersonForm(desk.data, agencies=desk.offered(), today=desk.today, initial=first)
    page = FormPage("Mời người dùng", "Thêm người dùng", reverse("accounts:people"))

    def act(**values: Any) -> tuple[Person, str]:
        values["username"] = values["username"] or actions.free_username(values["full_name"])
        return actions.add_person(**values)

    return Change(form, page, act, then=lambda made: _slip(desk, *made))


@changing
def edit(desk: Desk, pk: int) -> Change:
    other = account(desk, pk)
    kept = {"full_name": other.full_name, "phone": other.phone, "email": other.email}
    page = FormPage(f"Sửa thông tin {other.full_name}", "Lưu thay đổi", page_of(other))
    return Change(PersonForm(desk.data, initial=kept), page, partial(actions.edit_person, other))


@changing
def add_post(desk: Desk, pk: int) -> Change:
    other = access.person_for(desk.ids, pk)
    form = PostForm(desk.data, agencies=desk.offered(), today=desk.today)
    page = FormPage(f"Giao vai trò cho {other.full_name}", "Giao vai trò", page_of(other))
    return Change(form, page, partial(post_actions.add_post, other))


@changing
def end_post(desk: Desk, pk: int, post: int) -> Change:
    other = access.person_for(desk.ids, pk)
    row = access.post_for(desk.ids, other, post)
    form = EndPostForm(desk.data, initial={"last_day": row.valid_to or desk.today})
    page = FormPage(
        f"Kết thúc vai trò «{row.role_kind.label}» của {other.full_name}",
        "Kết thúc vai trò",
        page_of(other),
        f"Tại {row.agency.name}, từ {row.valid_from:%d/%m/%Y}.",
        is_danger=True,
    )
    return Change(form, page, partial(post_actions.end_post, row))


@changing
def lock(desk: Desk, pk: int) -> Change:
    other = account(desk, pk)
    page = FormPage(
        f"Khóa tài khoản của {other.full_name}",
        "Khóa",
        page_of(other),
        "Người này không đăng nhập được nữa và bị thoát khỏi mọi máy. Vai trò và hồ sơ giữ nguyên, có thể mở lại.",
        f"Khóa tài khoản của {other.full_name}?",
        is_danger=True,
    )
    return Change(LockForm(desk.data), page, partial(actions.lock_person, other))


@require_POST
@governing
def unlock(desk: Desk, pk: int) -> HttpResponse:
    other = account(desk, pk)
    actions.unlock_person(other, by=desk.person, at=desk.now)
    return redirect(page_of(other))


@require_POST
@governing
def reset_password(desk: Desk, pk: int) -> HttpResponse:
    other = account(desk, pk)
    return _slip(desk, other, actions.reset_password(other, by=desk.person, at=desk.now))


def _slip(desk: Desk, other: Person, password: str) -> HttpResponse:
    """The only page that ever shows the password."""
    facts = {
        "other": other,
        "posts": other.posts.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=desk.today)).select_related("agency"),
        "address": desk.request.build_absolute_uri(reverse("accounts:sign_in")),
        "password": password,
        "by": desk.person,
        "now": desk.now,
    }
    return render(desk.request, "accounts/first_password.html", facts)


def account(desk: Desk, pk: int) -> Person:
    other = access.person_for(desk.ids, pk)
    if not access.governs(desk.ids, other, desk.today):
        raise Forbidden(FROM_ABOVE, code="from_above")
    return other


def page_of(other: Person) -> str:
    return reverse("accounts:person", args=[other.pk])
