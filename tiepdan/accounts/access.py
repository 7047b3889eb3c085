"""Who stands at the desk, and what they may open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import agencies_of, roles_of, with_below
from tiepdan.accounts.rules import Role
from tiepdan.audit import queries as audit
from tiepdan.audit.models import Entry
from tiepdan.kernel.errors import answer, prefers_json

SIGNED_OUT = "Phiên làm việc đã hết. Đăng nhập lại; phần đang soạn được giữ nguyên."
JOURNAL_ROLES = (Role.ADMIN, Role.INSPECTOR)

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Person, Rest], HttpResponseBase]
Plain = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def staff(*roles: Role) -> Callable[[View[Rest]], Plain[Rest]]:
    """For views `view(request, person, …)`: signed in, with one of the roles today when some are named."""

    def wrap(view: View[Rest]) -> Plain[Rest]:
        @wraps(view)
        def inner(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            person = request.user
            if not isinstance(person, Person):
                return sign_in_first(request)
            if roles and not roles_of(person, timezone.localdate()) & set(roles):
                raise PermissionDenied
            return view(request, person, *args, **kwargs)

        return inner

    return wrap


def sign_in_first(request: HttpRequest) -> HttpResponse:
    if prefers_json(request):
        return answer(request, 403, SIGNED_OUT, "signed_out")
    return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)


def journal_agencies(person: Person, on: date) -> QuerySet[Agency]:
    """Agencies whose log the person may read: those of the post and all below."""
    return Agency.objects.filter(pk__in=with_below(agencies_of(person, on, *JOURNAL_ROLES)))


def journal_has_system(person: Person, on: date) -> bool:
    """The system's own chain is for the administrators at the top of the tree."""
    return agencies_of(person, on, Role.ADMIN).filter(parent__isnull=True).exists()


def journal_for(person: Person, on: date) -> QuerySet[Entry]:
    agencies = journal_agencies(person, on).values_list("pk", flat=True)
    return audit.entries_of(list(agencies), system=journal_has_system(person, on))
