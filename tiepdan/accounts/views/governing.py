"""The shape of every change in «Quản trị»: who asks and what they govern, one form, one action, and back (S39)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tiepdan.accounts import access, queries
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.rules import Role
from tiepdan.accounts.web import FormPage, form_page

Rest = ParamSpec("Rest")
Page = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


@dataclass(frozen=True)
class Desk:
    """An administrator at the moment of one request, with the ids of the agencies that they govern."""

    request: HttpRequest
    person: Person
    now: datetime
    today: date
    ids: set[int]

    @property
    def data(self) -> QueryDict | None:
        """What was entered; None while the form is only shown."""
        return self.request.POST if self.request.method == "POST" else None

    def offered(self) -> QuerySet[Agency]:
        """Governed agencies that take something new today."""
        return queries.agencies_on(self.today).filter(pk__in=self.ids).order_by("name")


@dataclass(frozen=True)
class Change:
    """`act(**cleaned, by=…, at=…)`, then `page.back` unless `then(what act gave)` says otherwise."""

    form: Form
    page: FormPage
    act: Callable[..., Any]
    then: Callable[[Any], HttpResponse] | None = None


def governing(view: Callable[Concatenate[Desk, Rest], HttpResponse]) -> Page[Rest]:
    """For `view(desk, …)`: an administrator, and a page that no cache keeps."""

    @never_cache
    @access.staff(Role.ADMIN)
    def inner(request: HttpRequest, person: Person, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        now = timezone.now()
        today = timezone.localdate(now)
        return view(Desk(request, person, now, today, access.governed(person, today)), *args, **kwargs)

    return wraps(view)(inner)


def changing(view: Callable[Concatenate[Desk, Rest], Change]) -> Page[Rest]:
    """For `view(desk, …) -> Change`: the form is shown, filled in, refused or done."""

    @governing
    def inner(desk: Desk, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        change = view(desk, *args, **kwargs)

        def act(values: dict[str, Any]) -> HttpResponse:
            made = change.act(**values, by=desk.person, at=desk.now)
            return change.then(made) if change.then else redirect(change.page.back)

        return form_page(desk.request, change.form, change.page, act)

    return require_http_methods(["GET", "HEAD", "POST"])(wraps(view)(inner))
