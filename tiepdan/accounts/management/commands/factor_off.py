"""`manage.py factor_off NAME --reason …`: where no second administrator is left to confirm «Đặt lại MFA»."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tiepdan.accounts.actions.factor_admin import give_up
from tiepdan.accounts.models import Person
from tiepdan.kernel.refusals import Refused


class Command(BaseCommand):
    help = "Gỡ xác thực hai lớp của một người khi cơ quan không còn đủ hai quản trị viên. Có ghi nhật ký."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("--reason", required=True, help="lý do, ghi vào nhật ký")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(username=options["username"]).first()
        if person is None:
            raise CommandError(f"Không có người dùng «{options['username']}».")
        try:
            give_up(person, reason=options["reason"], at=timezone.now())
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(f"Đã gỡ xác thực hai lớp của {person}. Các máy đang mở tài khoản này bị thoát.")
