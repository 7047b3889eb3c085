"""What waits for administrators: rights to look through, accounts that nobody uses, a lonely administrator, the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts import access, queries_people
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries_factor import resets_waiting
from tiepdan.accounts.tasks import Task
from tiepdan.audit import queries as audit

CHECK_EVERY = timedelta(days=30)


def administration(person: Person, now: datetime) -> Iterator[Task]:
    today = localdate(now)
    ids = access.governed(person, today)
    if not ids:
        return
    people = reverse("accounts:people")
    others = access.people_of(ids).exclude(pk=person.pk)
    left = queries_people.unreviewed(others, ids, today).count()
    if left:
        yield Task(
            key=f"accounts.review:{today.year}",
            subject=f"{left} người dùng chưa được rà soát quyền năm {today.year}",
            verb="Rà soát quyền năm",
            address=f"{people}?state=unreviewed",
            due=date(today.year, 12, 31),
        )
    for row in resets_waiting(others, now).exclude(asked_by=person):
        yield Task(
            key=f"accounts.factor_reset:{row.pk}",
            subject=f"{row.asked_by.full_name} đề nghị đặt lại MFA của {row.person.full_name}",
            verb="Xác nhận hoặc bỏ đề nghị",
            address=reverse("accounts:person", args=[row.person_id]),
            due=row.ends_at,
        )
    idle = queries_people.unused(others, today).count()
    if idle:
        yield Task(
            key=f"accounts.unused:{today.year}-{today.month}",
            subject=f"{idle} tài khoản chưa đăng nhập trong 90 ngày",
            verb="Xem và khóa tài khoản không dùng",
            address=f"{people}?state=unused",
        )
    for agency in queries_people.lonely_tops(ids, today):
        yield Task(
            key=f"accounts.lonely:{agency.pk}",
            subject=f"{agency.name} mới có một quản trị viên",
            verb="Mời quản trị viên thứ hai",
            address=f"{reverse('accounts:person_add')}?co-quan={agency.pk}",
        )
    if not audit.entries_of(ids).filter(event="audit.verified", at__gt=now - CHECK_EVERY).exists():
        yield Task(
            key=f"accounts.chains:{today.year}-{today.month}",
            subject=f"Chuỗi nhật ký chưa được kiểm tra trong {CHECK_EVERY.days} ngày",
            verb="Kiểm tra chuỗi nhật ký",
            address=reverse("accounts:journal"),
        )
