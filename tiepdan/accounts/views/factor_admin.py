"""Second factors seen from administration (S39): who must have one, and «Đặt lại MFA» by two administrators."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tiepdan.accounts import access
from tiepdan.accounts.actions import factor_admin as actions
from tiepdan.accounts.forms.factor import ResetForm, RuleForm
from tiepdan.accounts.models_factor import FactorRule
from tiepdan.accounts.queries_factor import required_roles, rule_on
from tiepdan.accounts.rules import Role
from tiepdan.accounts.rules_factor import DEFAULT_ROLES
from tiepdan.accounts.views.governing import Change, Desk, changing, governing
from tiepdan.accounts.views.people import account, page_of
from tiepdan.accounts.web import FormPage
from tiepdan.kernel.refusals import Forbidden, Refused

ONLY_TOP = "Chỉ quản trị của cơ quan cấp cao nhất được đổi quy định chung này. Hãy gửi đề nghị cho quản trị cấp trên."
SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@governing
def rule(desk: Desk) -> HttpResponse:
    required = required_roles(desk.today)
    form = RuleForm(desk.data, roles=[role for role in Role if role in required], today=desk.today)
    if desk.data is None:
        return _rule_page(desk, form)
    office = access.top_office(desk.person, desk.today)
    if office is None:
        raise Forbidden(ONLY_TOP, code="forbidden")
    if not form.is_valid():
        return _rule_page(desk, form, status=422)
    try:
        actions.set_rule(**form.cleaned_data, agency=office, by=desk.person, at=desk.now)
    except Refused as refused:
        form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)
        return _rule_page(desk, form, status=refused.status)
    messages.success(desk.request, f"Đã ghi quy định, có hiệu lực từ {form.cleaned_data['valid_from']:%d/%m/%Y}.")
    return redirect("accounts:factor_rule")


def _rule_page(desk: Desk, form: RuleForm, status: int = 200) -> HttpResponse:
    now = rule_on(desk.today)
    facts = {
        "form": form,
        "now": now,
        "default": ", ".join(role.label for role in Role if role in DEFAULT_ROLES),
        "rows": FactorRule.objects.select_related("entered_by")[:SHOWN],
        "today": desk.today,
        "may_set": access.top_office(desk.person, desk.today) is not None,
        "why_not": ONLY_TOP,
    }
    return render(desk.request, "accounts/factor/rule.html", facts, status=status)


@changing
def ask_reset(desk: Desk, pk: int) -> Change:
    other = account(desk, pk)
    page = FormPage(
        f"Đặt lại MFA của {other.full_name}",
        "Đề nghị đặt lại MFA",
        page_of(other),
        "Khi mất cả điện thoại và mã dự phòng. Một quản trị viên khác xác nhận thì xác thực hai lớp mới bị gỡ; người "
        "này thấy việc đó ở «Thông báo». Hãy gặp hoặc gọi để chắc rằng đúng người đề nghị.",
    )
    return Change(ResetForm(desk.data), page, partial(actions.ask_reset, other))


@require_POST
@governing
def confirm_reset(desk: Desk, pk: int) -> HttpResponse:
    other = account(desk, pk)
    actions.confirm_reset(other, by=desk.person, at=desk.now)
    messages.success(desk.request, f"Đã đặt lại MFA của {other.full_name}. Lần đăng nhập sau chỉ cần mật khẩu.")
    return redirect(page_of(other))


@require_POST
@governing
def drop_reset(desk: Desk, pk: int) -> HttpResponse:
    other = account(desk, pk)
    actions.drop_reset(other, by=desk.person, at=desk.now)
    messages.success(desk.request, f"Đã bỏ đề nghị đặt lại MFA của {other.full_name}.")
    return redirect(page_of(other))
