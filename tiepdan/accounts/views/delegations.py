"""«Ủy quyền phê duyệt» of those who may approve."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tiepdan.accounts import access, queries
from tiepdan.accounts.actions import delegations as actions
from tiepdan.accounts.forms.people import DelegationForm
from tiepdan.accounts.models import Delegation, Person, Post
from tiepdan.kernel.refusals import Refused

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@access.staff(*queries.APPROVERS)
def index(request: HttpRequest, person: Person) -> HttpResponse:
    """What was given and received, and the form for one more."""
    now = timezone.now()
    today = timezone.localdate(now)
    agencies = queries.posted_agencies(person, today, *queries.APPROVERS).order_by("name")
    colleagues = Person.objects.filter(
        is_active=True,
        pk__in=Post.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=today), agency__in=agencies.order_by()
        ).values("person"),
    ).exclude(pk=person.pk)
    form = DelegationForm(
        request.POST or None,
        agencies=agencies,
        colleagues=colleagues.order_by("full_name"),
        today=today,
        initial={"agency": agencies.first()},
    )
    sentence, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.delegate(giver=person, **_values(form), at=now)
            except Refused as refused:
                sentence, status = refused.sentence, refused.status
            else:
                messages.success(request, "Đã ủy quyền. Mỗi quyết định theo ủy quyền ghi tên cả hai người.")
                return redirect("accounts:delegations")
    rows = Delegation.objects.filter(Q(giver=person) | Q(receiver=person)).select_related("agency", "giver", "receiver")
    facts = {"form": form, "sentence": sentence, "rows": rows[:SHOWN], "today": today, "person": person}
    return render(request, "accounts/delegations.html", facts, status=status)


def _values(form: DelegationForm) -> dict[str, Any]:
    return dict(form.cleaned_data)


@require_POST
@access.staff()
def withdraw(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    actions.withdraw(access.delegation_for(person, pk), by=person, at=timezone.now())
    messages.success(request, "Đã thu hồi ủy quyền.")
    return redirect("accounts:delegations")
