"""What the plan of a reception hangs into the house; called once by AppConfig.ready."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts import news as bell
from tiepdan.accounts import search as box
from tiepdan.accounts import tasks
from tiepdan.accounts.models import Person
from tiepdan.cases import pages as case_pages
from tiepdan.kernel import due
from tiepdan.notify import access as notify_access
from tiepdan.points import usage
from tiepdan.policy import impact
from tiepdan.receptions import duties, halls_use, inspection, moved, nearest, news, pages, papers, reminders, search
from tiepdan.receptions.access import is_desk
from tiepdan.receptions.actions import posters
from tiepdan.receptions.models import Poster, Reception, Reminder
from tiepdan.receptions.rules import Phase
from tiepdan.receptions.warnings import stops, warnings


def register() -> None:
    pages.add_tab("Kế hoạch", "receptions:detail", 0)
    pages.add_tab("Vụ việc", "receptions:matters", 10)
    pages.add_tab("Điểm cầu & thành phần", "receptions:halls", 20)
    pages.add_tab("Tài khoản", "receptions:accounts", 60)
    pages.add_next_step(next_step, order=20)
    tasks.add_tasks(duties.tasks)
    tasks.add_tasks(inspection.tasks)
    bell.add(news.TO_DESK, news.for_desk)
    bell.add(news.TO_HEAD, news.for_head)
    bell.add(news.TO_STAFF, news.for_staff)
    box.add_code(search.by_code)
    box.add_group(search.receptions)
    box.add_group(search.halls)
    tasks.add_upcoming(duties.upcoming)
    tasks.add_upcoming(nearest.upcoming)
    tasks.add_counts(duties.counts)
    usage.add(halls_use.SOURCE)
    impact.add(moved.by_calendar)
    impact.add_values(moved.by_values)
    due.register(Reminder, reminders.look)
    due.register(Poster, posters.make, is_slow=True)
    notify_access.register(papers.ABOUT, lambda person, about_id, now: False, reminded_of)
    case_pages.add_tab("Buổi tiếp", "receptions:of_case", 50)


def reminded_of(about_id: str) -> str:
    """Where a reminder to the staff leads."""
    code = Reception.objects.filter(pk=about_id).values_list("code", flat=True).first()
    return reverse("receptions:detail", args=[code]) if code else ""


def next_step(reception: Reception, person: Person, now: datetime) -> pages.NextStep | None:
    """What the plan needs until it is approved, and again before it is ready."""
    if reception.state == Phase.DRAFT and is_desk(person, reception, localdate(now)):
        return _draft(reception, now)
    if reception.state == Phase.SUBMITTED:
        return pages.NextStep("Kế hoạch đang chờ duyệt.")
    if reception.state == Phase.PUBLISHED and person.pk == reception.technician_id:
        return _technician(reception)
    return None


def _draft(reception: Reception, now: datetime) -> pages.NextStep:
    blocking = stops(warnings(reception, now))
    if not blocking:
        return pages.NextStep(
            "Kế hoạch không còn lỗi chặn. Trình lãnh đạo duyệt.",
            reverse("receptions:submit", args=[reception.code]),
            "Trình duyệt",
            is_post=True,
            confirm=f"Trình duyệt kế hoạch {reception.code}?",
        )
    first = next((row for row in blocking if row.code == "no_matter"), blocking[0])
    address = reverse(first.tab, args=[reception.code])
    button = {
        "receptions:matters": "Mở vụ việc",
        "receptions:halls": "Mở điểm cầu",
        "receptions:agenda": "Mở kịch bản",
    }.get(first.tab, "Sửa kế hoạch")
    if first.tab == "receptions:detail":
        address = reverse("receptions:change", args=[reception.code])
    return pages.NextStep(first.sentence, address, button)


def _technician(reception: Reception) -> pages.NextStep:
    accounts = reverse("receptions:accounts", args=[reception.code])
    met = set(reception.met.values_list("code", flat=True))
    if reception.halls.exclude(credentials__revoked_at__isnull=True, credentials__isnull=False).exists():
        return pages.NextStep("Còn điểm cầu chưa có tài khoản.", accounts, "Cấp tài khoản")
    if "trial" not in met:
        here = f"{reverse('receptions:detail', args=[reception.code])}#moc"
        return pages.NextStep("Kết nối thử với mọi điểm cầu, rồi ghi nhận kết quả.", here, "Ghi nhận kết nối thử")
    return pages.NextStep(
        "Đã kết nối thử. Xác nhận đủ điều kiện để buổi tiếp «Sẵn sàng».",
        reverse("receptions:confirm", args=[reception.code]),
        "Xác nhận đủ điều kiện",
        is_post=True,
        confirm=f"Xác nhận buổi tiếp {reception.code} đủ điều kiện?",
    )
