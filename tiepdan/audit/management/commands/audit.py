"""`manage.py audit verify`: every chain of the log, and exit code 1 when one is broken."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils.timezone import localtime

from tiepdan.audit import queries


class Command(BaseCommand):
    help = "Kiểm tra chuỗi nhật ký của từng cơ quan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        names = dict(apps.get_model("accounts", "Agency")._default_manager.values_list("pk", "name"))
        broken = 0
        for report in queries.verify_all():
            name = names.get(report.agency_id, "Hệ thống") if report.agency_id else "Hệ thống"
            until = f" · đến {localtime(report.last_at):%d/%m/%Y %H:%M:%S}" if report.last_at else ""
            result = "Nguyên vẹn" if report.intact else f"ĐỨT tại #{report.broken_at}: {report.problem}"
            self.stdout.write(f"{name}: {report.count} dòng{until} · {report.head} · {result}")
            broken += not report.intact
        if broken:
            self.stdout.write(f"{broken} chuỗi bị đứt.")
            sys.exit(1)
        self.stdout.write("Mọi chuỗi nguyên vẹn.")
