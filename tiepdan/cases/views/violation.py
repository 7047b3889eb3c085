"""«Biên bản vi phạm» of a refusal on a ground that is a breach of the rules of the place."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.cases import pages
from tiepdan.cases.access import case_with_people
from tiepdan.cases.actions import violation as actions
from tiepdan.cases.forms.base import blame
from tiepdan.cases.forms.violation import ViolationForm, initial_of
from tiepdan.cases.models_desk import Violation
from tiepdan.cases.views.common import giver_label
from tiepdan.kernel.refusals import Refused
from tiepdan.law.profiles import DEFAULT
from tiepdan.policy.queries import profile_for


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff()
def violation(request: HttpRequest, person: Person, code: str, pk: int) -> HttpResponse:
    now = timezone.now()
    case = case_with_people(person, code, now)
    refusal = case.refusals.select_related("case__agency", "made_by").filter(pk=pk).first()
    rules = profile_for(case.agency, DEFAULT, localdate(refusal.made_at)) if refusal else None
    if refusal is None or rules is None or not actions.is_violation(refusal, rules):
        raise Http404
    row = Violation.objects.select_related("offender", "made_by", "document").filter(refusal=refusal).first()
    form = ViolationForm(request.POST or None, case=case, label=giver_label, initial=initial_of(refusal, row))
    status, sentence = (422 if request.method == "POST" else 200), ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.record(refusal, form.facts(), seen=request.POST.get("seen", ""), by=person, at=now)
        except Refused as refused:
            status = refused.status
            if refused.code in form.fields:
                blame(form, refused)
            else:
                sentence = refused.sentence
        else:
            messages.success(request, "Đã lập biên bản vi phạm. Mở bản Word để in, đọc lại và ký.")
            return redirect("cases:refusal", case.code, refusal.pk)
    facts = {
        "form": form,
        "row": refusal,
        "record": row,
        "ground": rules.refusal(refusal.code),
        "article": rules.refusing.violations_article,
        "seen": request.POST.get("seen", actions.marker(row)),
        "sentence": sentence,
    }
    template = "cases/decisions/violation.html"
    here, part = "cases:detail", f"bien-ban-{refusal.pk}"
    return pages.page(request, person, case, template, facts, here=here, now=now, status=status, editing=part)
