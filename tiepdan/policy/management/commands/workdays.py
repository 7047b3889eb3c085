"""`manage.py workdays --from 2026-12-17 --add=-5 [--json]`; `--seed 2026` fills an empty year with suggested days."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tiepdan.kernel.dates import day_text
from tiepdan.policy.actions import seed_year
from tiepdan.policy.management.table import table
from tiepdan.policy.rules import FIRST_YEAR, LAST_YEAR

FURTHEST = 5000  # working days: about twenty years


class Command(BaseCommand):
    help = "Tính ngày làm việc theo bảng của cơ quan; lập bảng gợi ý cho một năm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", help="ngày bắt đầu, không tính chính ngày này: 2026-12-17")
        parser.add_argument("--add", help="số ngày làm việc; số âm là tính lùi: --add=-5")
        parser.add_argument("--json", action="store_true", help="in JSON")
        parser.add_argument("--seed", type=int, action="append", default=[], metavar="NĂM", help="lập bảng gợi ý")

    def handle(self, *args: Any, **options: Any) -> None:
        for year in options["seed"]:
            self._seed(year)
        if options["first"] is not None or options["add"] is not None:
            self._count(options["first"], options["add"], options["json"])
        elif not options["seed"]:
            raise CommandError("Cần --from và --add, hoặc --seed.")

    def _count(self, text: str | None, amount: str | None, as_json: bool) -> None:
        if text is None or amount is None:
            raise CommandError("Cần cả --from và --add, ví dụ: --from 2026-12-17 --add=-5")
        add = _number(amount)
        if abs(add) > FURTHEST:
            raise CommandError(f"Nhiều nhất {FURTHEST} ngày làm việc.")
        first, days = _day(text), table(self.stderr)
        try:
            found = days.shift(first, add)
        except OverflowError:
            raise CommandError(f"«{text}» cộng {add} ngày làm việc nằm ngoài lịch.") from None
        confirmed = not days.is_provisional(first, found)
        if as_json:
            facts = {"from": first.isoformat(), "add": add, "date": found.isoformat(), "confirmed": confirmed}
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
        else:
            self.stdout.write(day_text(found) + ("" if confirmed else " [tạm tính]"))

    def _seed(self, year: int) -> None:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CommandError(f"Năm {year} nằm ngoài bảng ngày làm việc (từ {FIRST_YEAR} đến {LAST_YEAR}).")
        count = seed_year(year, at=timezone.now())
        words = f"đã lập {count} ngày gợi ý, chưa xác nhận" if count else "đã có lịch nghỉ, không thay đổi"
        self.stdout.write(f"Năm {year}: {words}.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"«{text}» không phải một ngày, ví dụ 2026-12-17.") from None


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise CommandError(f"«{text}» không phải một số ngày, ví dụ -5.") from None
