"""The office's templates and its letterhead."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.rules import Role
from tiepdan.documents import access, actions
from tiepdan.documents.actions.templates import Unfit, template_bytes
from tiepdan.documents.forms import LetterheadForm, TemplateForm
from tiepdan.documents.kinds import KINDS, Kind
from tiepdan.documents.letterheads import head_of
from tiepdan.documents.models import Letterhead, Template
from tiepdan.documents.queries import template_in_use, templates_in_use
from tiepdan.documents.word import office
from tiepdan.files import store
from tiepdan.files.rules import DOCX, PDF
from tiepdan.kernel.refusals import Refused

AGENCY = "co-quan"  # of which agency, in the address


@require_safe
@never_cache
@staff(Role.ADMIN)
def index(request: HttpRequest, person: Person) -> HttpResponse:
    now = timezone.now()
    agency = _agency(request, person, now)
    own = templates_in_use(agency)
    facts = {
        "rows": [(kind, own.get(code)) for code, kind in KINDS.items()],
        "agency": agency,
        "agencies": access.template_agencies(person, now),
        "office": office.available().sentence,
        "query": urlencode({AGENCY: agency.code}),
    }
    return render(request, "documents/templates.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff(Role.ADMIN)
def kind_page(request: HttpRequest, person: Person, kind: str) -> HttpResponse:
    now = timezone.now()
    agency, one = _agency(request, person, now), _kind(kind)
    if request.method != "POST":
        return _show(request, agency, one)
    form = TemplateForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, agency, one, form=form, status=422)
    try:
        if request.POST.get("step") == "try":
            pdf = not office.available().sentence
            return _trial(actions.try_upload(kind, form.cleaned_data["file"], pdf=pdf), kind, pdf=pdf)
        row = actions.accept_template(
            agency, kind, form.cleaned_data["file"], note=form.cleaned_data["note"], by=person, at=now
        )
    except Unfit as refusal:
        return _show(request, agency, one, form=form, faults=refusal.faults, status=refusal.status)
    except Refused as refusal:
        return _show(request, agency, one, form=form, faults=[refusal.sentence], status=refusal.status)
    messages.success(request, f"Đã nhận mẫu phiên bản {row.version}. Các văn bản soạn từ bây giờ dùng mẫu này.")
    return redirect(f"{reverse('documents:template', args=[kind])}?{urlencode({AGENCY: agency.code})}")


def _show(
    request: HttpRequest,
    agency: Agency,
    kind: Kind,
    *,
    form: TemplateForm | None = None,
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    facts: dict[str, Any] = {
        "agency": agency,
        "kind": kind,
        "fields": kind.all_fields,
        "required": kind.required,
        "current": template_in_use(agency, kind.code),
        "versions": Template.objects.filter(agency=agency, kind=kind.code).select_related("uploaded_by", "file"),
        "form": form or TemplateForm(),
        "faults": faults or [],
        "office": office.available().sentence,
        "query": urlencode({AGENCY: agency.code}),
    }
    return render(request, "documents/template.html", facts, status=status)


@require_safe
@staff(Role.ADMIN)
def download_template(request: HttpRequest, person: Person, kind: str) -> HttpResponse:
    """?ban=goc the built-in one, ?ban=3 a version, nothing: the one in use."""
    agency, one = _agency(request, person, timezone.now()), _kind(kind)
    which = request.GET.get("ban", "")
    if which == "goc":
        data = actions.builtin(kind)
    elif which.isdigit():
        row = Template.objects.filter(agency=agency, kind=kind, version=int(which)).select_related("file").first()
        if row is None:
            raise Http404
        data = store.read(row.file)
    else:
        data = template_bytes(agency, kind)
    return _file(data, f"mau-{one.code}.docx", DOCX.kind)


@require_safe
@staff(Role.ADMIN)
def trial(request: HttpRequest, person: Person, kind: str) -> HttpResponse:
    """The template in use with invented facts; ?dang=pdf for PDF."""
    agency, one = _agency(request, person, timezone.now()), _kind(kind)
    wants_pdf = request.GET.get("dang") == "pdf"
    made = actions.try_template(template_bytes(agency, kind), kind, pdf=wants_pdf)
    return _trial(made, one.code, pdf=wants_pdf)


@require_POST
@staff(Role.ADMIN)
def back(request: HttpRequest, person: Person, kind: str) -> HttpResponse:
    now = timezone.now()
    agency, _one = _agency(request, person, now), _kind(kind)
    try:
        actions.withdraw_template(agency, kind, by=person, at=now)
        messages.success(request, "Đã dùng lại mẫu gốc. Các phiên bản của cơ quan vẫn còn trong danh sách.")
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return redirect(f"{reverse('documents:template', args=[kind])}?{urlencode({AGENCY: agency.code})}")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff(Role.ADMIN)
def letterhead(request: HttpRequest, person: Person) -> HttpResponse:
    now = timezone.now()
    agency = _agency(request, person, now)
    row = Letterhead.objects.filter(agency=agency).first()
    form = LetterheadForm(request.POST or None, instance=row or Letterhead(agency=agency))
    status = 200
    if request.method == "POST":
        if form.is_valid():
            actions.change_letterhead(agency, form.cleaned_data, by=person, at=now)
            messages.success(request, "Đã lưu phần đầu và phần ký. Các văn bản soạn từ bây giờ dùng nội dung mới.")
            return redirect(f"{reverse('documents:letterhead')}?{urlencode({AGENCY: agency.code})}")
        status = 422
    facts = {
        "form": form,
        "agency": agency,
        "head": head_of(agency, timezone.localdate(now)),
        "query": urlencode({AGENCY: agency.code}),
    }
    return render(request, "documents/letterhead.html", facts, status=status)


def _agency(request: HttpRequest, person: Person, now: datetime) -> Agency:
    return access.template_agency(person, request.GET.get(AGENCY, ""), now)


def _kind(code: str) -> Kind:
    kind = KINDS.get(code)
    if kind is None:
        raise Http404
    return kind


def _trial(made: bytes, code: str, *, pdf: bool) -> HttpResponse:
    return _file(made, f"thu-{code}.{'pdf' if pdf else 'docx'}", PDF.kind if pdf else DOCX.kind)


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
