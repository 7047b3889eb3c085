"""Warnings about the day, the length and the chair of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import localdate

from tiepdan.kernel.dates import day_text
from tiepdan.law.milestones import is_late, milestones
from tiepdan.policy.models import Day
from tiepdan.receptions.head_days import head_days
from tiepdan.receptions.people import is_chair_on
from tiepdan.receptions.plan import Plan
from tiepdan.receptions.rules import COMING, Kind, Phase
from tiepdan.receptions.warnings.base import CARE, STOP, Warning

AGENDA = "receptions:agenda"
PLAN = "receptions:detail"
BEFORE_THE_NOTICE = (Phase.DRAFT, Phase.SUBMITTED, Phase.APPROVED)


def still_to_come(plan: Plan, now: datetime) -> Iterator[Warning]:
    reception = plan.reception
    # What was published may begin later than planned, and is not over before its end.
    end = reception.ends_at if reception.state in (Phase.PUBLISHED, Phase.READY) else reception.starts_at
    if reception.state in COMING and end <= now:
        sentence = f"Thời gian tiếp {day_text(reception.starts_at)} đã qua. Đổi thời gian hoặc hủy buổi tiếp."
        yield Warning("past", STOP, sentence, "", PLAN)


def notice_in_time(plan: Plan, now: datetime) -> Iterator[Warning]:
    """Five working days for the notice and the posting; an ad-hoc reception keeps the head's reason instead."""
    reception = plan.reception
    if reception.state not in BEFORE_THE_NOTICE or reception.starts_at <= now:
        return
    rows = milestones(plan.rules, reception.starts_at, plan.table)
    notice = next((row for row in rows if row.code == "notice"), None)
    if notice is None or not is_late(notice, now):
        return
    if reception.kind == Kind.ADHOC and reception.adhoc_reason:
        sentence = "Không đạt mốc niêm yết, thông báo – tiếp đột xuất theo lý do của người đứng đầu."
        yield Warning("notice_adhoc", CARE, sentence, notice.citation, PLAN)
    else:
        sentence = (
            f"Đã quá hạn niêm yết và thông báo ({day_text(notice.due)}) của ngày tiếp "
            f"{day_text(reception.starts_at)}. Đổi sang ngày khác."
        )
        yield Warning("notice_late", STOP, sentence, notice.citation, PLAN)


def on_a_working_day(plan: Plan, now: datetime) -> Iterator[Warning]:
    table, day = plan.table, localdate(plan.reception.starts_at)
    if not table.is_workday(day):
        name = Day.objects.filter(day=day).values_list("name", flat=True).first()
        why = name or "ngày nghỉ hằng tuần"
        sentence = f"{day_text(day)} không phải ngày làm việc ({why})."
        yield Warning("day_off", CARE, sentence[0].upper() + sentence[1:], "khoản 1 Điều 17 NĐ 154/2026", PLAN)
    if not table.is_confirmed(day.year):
        sentence = f"Năm {day.year} chưa có lịch nghỉ được xác nhận; các mốc thời hạn là tạm tính."
        yield Warning("provisional", CARE, sentence, "", PLAN)


def script_fits(plan: Plan, now: datetime) -> Iterator[Warning]:
    planned = sum(matter.minutes for matter in plan.matters)
    if plan.script_minutes > plan.slot_minutes:
        sentence = f"Kịch bản dài {plan.script_minutes} phút, buổi tiếp chỉ có {plan.slot_minutes} phút."
        yield Warning("script_long", CARE, sentence, "khoản 1 Điều 17 NĐ 154/2026", AGENDA)
    elif not plan.script_minutes and planned > plan.slot_minutes:
        sentence = f"Các vụ việc cần {planned} phút, buổi tiếp chỉ có {plan.slot_minutes} phút."
        yield Warning("matters_long", CARE, sentence, "khoản 1 Điều 17 NĐ 154/2026", "receptions:matters")


def the_chair(plan: Plan, now: datetime) -> Iterator[Warning]:
    reception = plan.reception
    if reception.state in COMING and not is_chair_on(reception.chair, reception.agency, localdate(reception.starts_at)):
        sentence = (
            f"{reception.chair.full_name} không còn giữ vị trí được chủ trì tại {reception.agency} "
            f"vào {day_text(reception.starts_at)}. Chọn người chủ trì khác."
        )
        yield Warning(f"chair_post:{reception.chair_id}", STOP, sentence, "khoản 1 Điều 22 NĐ 154/2026", PLAN)
    if reception.is_delegated:
        sentence = (
            f"Người chủ trì {reception.chair.full_name} là cấp phó («ủy quyền»); "
            "buổi này không tính vào số ngày người đứng đầu phải trực tiếp tiếp."
        )
        citation = plan.rules.head_days_of(reception.agency.kind).article
        yield Warning(f"delegated:{reception.chair_id}", CARE, sentence, citation, PLAN)


def head_receives_enough(plan: Plan, now: datetime) -> Iterator[Warning]:
    """This month the head receives on fewer days than the law asks, this reception counted."""
    reception = plan.reception
    if reception.state not in COMING:
        return
    count = head_days(reception.agency, localdate(reception.starts_at))
    if count.days < count.least:
        sentence = (
            f"Tháng {count.month:%m/%Y} người đứng đầu mới có {count.days}/{count.least} ngày tiếp, "
            "tính cả các buổi đã lên kế hoạch."
        )
        yield Warning(f"head_days:{count.month:%Y-%m}", CARE, sentence, count.citation, "receptions:index")


CHECKS = (still_to_come, notice_in_time, on_a_working_day, script_fits, the_chair, head_receives_enough)
