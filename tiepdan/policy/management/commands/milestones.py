"""`manage.py milestones --profile nd154-2026 --at 2026-12-17T08:30+07:00 [--json]`: until when what must be done."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tiepdan.accounts.models import Agency
from tiepdan.kernel.dates import day_text, moment_text
from tiepdan.law.milestones import VIETNAM, Milestone, milestones
from tiepdan.law.profiles import DEFAULT, Profile, codes, profile
from tiepdan.policy.management.table import table
from tiepdan.policy.queries import profile_for


class Command(BaseCommand):
    help = "Các mốc thời hạn của một buổi tiếp, theo bộ quy tắc và bảng ngày làm việc."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--profile", default=DEFAULT, help=f"bộ quy tắc: {', '.join(codes())}")
        parser.add_argument("--at", required=True, help="giờ bắt đầu, ví dụ 2026-12-17T08:30+07:00")
        parser.add_argument("--agency", default="", help="mã cơ quan, để tính cả giá trị chặt hơn của cơ quan")
        parser.add_argument("--json", action="store_true", help="in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        starts_at = _moment(options["at"])
        rules = _profile(options["profile"])
        if options["agency"]:
            agency = Agency.objects.filter(code=options["agency"]).first()
            if agency is None:
                raise CommandError(f"Không có cơ quan nào mang mã «{options['agency']}».")
            rules = profile_for(agency, rules.code, starts_at.astimezone(VIETNAM).date())
        if sentence := outside(rules, starts_at.astimezone(VIETNAM).date()):
            self.stderr.write(sentence)
        try:
            found = milestones(rules, starts_at, table(self.stderr))
        except OverflowError:
            raise CommandError(f"«{options['at']}» nằm ngoài lịch.") from None
        if options["json"]:
            self.stdout.write(json.dumps([facts(row) for row in found], ensure_ascii=False, indent=1))
            return
        for row in found:
            until = moment_text(row.due) if isinstance(row.due, datetime) else f"hết {day_text(row.due)}"
            advice = f"; thực hiện trước: {day_text(row.advice)}" if row.advice else ""
            note = f" ({row.note})" if row.note else ""
            guess = " [tạm tính]" if row.is_provisional else ""
            self.stdout.write(f"{row.code}: {until}{advice}{guess} – {row.asks}{note}. {row.citation}")


def facts(row: Milestone) -> dict[str, Any]:
    """`due` is a date (met by the end of that day) or a time with its zone (counted in hours)."""
    return {
        "id": row.code,
        "asks": row.asks,
        "due": row.due.isoformat(),
        "citation": row.citation,
        "amount": row.amount,
        "unit": row.unit,
        "advice": row.advice.isoformat() if row.advice else None,
        "note": row.note,
        "law": row.is_law,
        "confirmed": not row.is_provisional,
    }


def outside(rules: Profile, day: date) -> str:
    """A reception on a day on which the text did not hold yet, or no longer: counted all the same, for comparison."""
    if day < rules.valid_from:
        return f"{rules.short} có hiệu lực từ {day_text(rules.valid_from)}: các mốc dưới đây chỉ để tham khảo."
    if rules.valid_to is not None and day > rules.valid_to:
        return f"{rules.short} hết hiệu lực sau {day_text(rules.valid_to)}: các mốc dưới đây chỉ để tham khảo."
    return ""


def _profile(code: str) -> Profile:
    if code not in codes():
        raise CommandError(f"Không có bộ quy tắc «{code}». Có: {', '.join(codes())}.")
    return profile(code)


def _moment(text: str) -> datetime:
    """An ISO day with its time; without a zone it is Vietnam's."""
    wrong = CommandError(f"«{text}» không phải thời điểm có ngày và giờ, ví dụ 2026-12-17T08:30+07:00.")
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise wrong from None
    if is_day(text):  # read as midnight it would put what is counted in hours on the day before
        raise wrong
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)


def is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
