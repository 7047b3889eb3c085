"""`manage.py demo prepare`: the seeded province, and the slip with everybody's sign-in (var/demo.json, mode 0600)."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import Role
from tiepdan.demo.province import PEOPLE, RECORDERS
from tiepdan.demo.seed import issue_all, reset_passwords, seed_office, seed_province, seed_recorders, todays_reception
from tiepdan.demo.workdays import seed_workdays
from tiepdan.receptions.models import Credential
from tiepdan.recordings.actions.jobs import token_hash
from tiepdan.recordings.models import Recorder


class Command(BaseCommand):
    help = "Chuẩn bị tỉnh thử nghiệm Minh Châu và một buổi tiếp hôm nay sẵn sàng khai mạc."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["prepare"])
        parser.add_argument("--bare", action="store_true", help="chỉ buổi tiếp hôm nay, không có vụ việc mẫu")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        folder = Path(settings.DATA_DIR)
        slip_file = folder / "demo.json"
        slip = _read(slip_file)
        password = slip.get("staff_password") or f"minh-chau-{secrets.randbelow(9000) + 1000}"
        if "staff_password" not in slip and Person.objects.exists():
            seed_province(password)
            reset_passwords(password)
        else:
            seed_province(password)
        seed_workdays(now)
        reception, made = todays_reception(now)
        if not options["bare"]:
            seed_office(now, reception)
        known = slip.get("reception", {}).get("code") == reception.code and _all_work(slip, reception.pk)
        points = slip["points"] if known and not made else issue_all(reception, now)
        recorders = [{"name": name, "token_file": str(folder / f"{name}.token")} for name, _ in RECORDERS]
        if not all(_token_works(Path(recorder["token_file"])) for recorder in recorders):
            for name, token in seed_recorders().items():
                write_secret(folder / f"{name}.token", token)
        standins = []
        for point in points:
            if point["standin"]:
                file = folder / f"{point['username']}.password"
                write_secret(file, point["password"])
                standins.append({"name": point["username"], "title": point["name"], "password_file": str(file)})
        write_secret(
            slip_file,
            json.dumps(
                {
                    "address": f"http://127.0.0.1:{settings.PORT}",
                    "staff_password": password,
                    "people": [
                        {
                            "role": Role(desk.role).label,
                            "username": desk.username,
                            "password": password,
                            "full_name": desk.full_name,
                        }
                        for desk in PEOPLE
                    ],
                    "points": points,
                    "reception": {
                        "code": reception.code,
                        "title": reception.title,
                        "starts_at": reception.starts_at.isoformat(),
                    },
                    "recorders": recorders,
                    "standins": standins,
                },
                ensure_ascii=False,
                indent=1,
            ),
        )
        self.stdout.write(f"{reception.code} · {reception.title}")


def _read(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _token_works(file: Path) -> bool:
    return file.exists() and Recorder.objects.filter(token_hash=token_hash(file.read_text())).exists()


def _all_work(slip: dict[str, Any], reception: int) -> bool:
    """Whether the slip still names every working credential: a technician may have replaced one meanwhile."""
    working = Credential.objects.filter(hall__reception=reception, revoked_at__isnull=True)
    hashes = {row.username: row.password for row in working}
    passwords = {point["username"]: point["password"] for point in slip.get("points", [])}
    return (
        bool(hashes)
        and hashes.keys() == passwords.keys()
        and all(check_password(passwords[name], hashed) for name, hashed in hashes.items())
    )


def write_secret(file: Path, text: str) -> None:
    """Write for this user only, replacing the old file in one step."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
    fresh.replace(file)
