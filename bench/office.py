"""Pages of the office over ten years of work: `python -m bench.office` (SQLite) or `… --postgres`; `--small` to try it.

Targets: list pages with search p95 ≤ 150 ms, case page ≤ 100 ms, home ≤ 150 ms, one request after the other.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.desk import Desk
from bench.pages import percentile
from bench.report import section, verdict
from scripts import postgres
from scripts.paths import ROOT
from tests.engine import eventually, free_port

ROUNDS = 40
SMALL = (2_000, 500, 5_000)


class Office:
    """The web server alone, over a filled database."""

    def __init__(self, folder: Path, database: str, size: tuple[int, ...]) -> None:
        self.port = free_port(socket.SOCK_STREAM)
        self.env = dict(os.environ, TIEPDAN_DATA=str(folder), TIEPDAN_PORT=str(self.port), TIEPDAN_LOG="WARNING")
        if database:
            self.env["TIEPDAN_DATABASE_URL"] = database
        for words in (["migrate"], ["collectstatic", "--noinput"], ["demo", "prepare"]):
            self.run("manage.py", *words, *([] if words[0] == "demo" else ["--verbosity", "0"]))
        program = f"import django; django.setup(); from bench.archive import fill; fill(*{size!r})"
        self.run("-c", program)
        self.slip: dict[str, Any] = json.loads((folder / "demo.json").read_text())

    def run(self, *words: str) -> str:
        env = dict(self.env, DJANGO_SETTINGS_MODULE="tiepdan.settings", PYTHONPATH=str(ROOT))
        answer = subprocess.run([sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True)
        assert answer.returncode == 0, answer.stderr[-4000:]
        return answer.stdout

    @contextmanager
    def serving(self) -> Iterator[None]:
        words = [sys.executable, "-m", "gunicorn", "-c", "scripts/gunicorn_conf.py", "tiepdan.wsgi"]
        process = subprocess.Popen(words, cwd=ROOT, env=self.env)
        try:
            eventually(lambda: _answers(self.port), seconds=30)
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


def _answers(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def measure(office: Office) -> dict[str, list[float]]:
    chance = random.Random(24)
    clerk, approver = Desk(office, "can-bo"), Desk(office, "lanh-dao")
    facts = json.loads(office.run("-c", _ASK))
    words = ("thanh loc", "boi thuong dat", "nguyen van hoa", "khong co dau vet nao", "moi truong 42")
    times: dict[str, list[float]] = {}
    for at in range(ROUNDS):
        case, reception = chance.choice(facts["cases"]), chance.choice(facts["receptions"])
        word = words[at % len(words)].replace(" ", "+")
        pages = {
            "cases": (clerk, "/vu-viec/", 150),
            "cases, search": (clerk, f"/vu-viec/?q={word}", 150),
            "cases, filters": (clerk, "/vu-viec/?state=screening&kind=complaint", 150),
            "cases, candidates": (clerk, "/vu-viec/?xem=ung-vien", 150),
            "receptions": (clerk, "/buoi-tiep/", 150),
            "receptions, month": (clerk, "/buoi-tiep/?xem=thang", 150),
            "receptions, search": (clerk, "/buoi-tiep/?q=dinh+ky+42", 150),
            "case": (clerk, f"/vu-viec/{case}/", 100),
            "reception": (clerk, f"/buoi-tiep/{reception}/", 150),
            "home, clerk": (clerk, "/viec-cua-toi/", 150),
            "home, approver": (approver, "/viec-cua-toi/", 150),
            "search box": (clerk, f"/tim/?q={word}", 150),
            "bell": (clerk, "/thong-bao/so/", 150),
            "public schedule": (clerk, "/cong-khai/", 150),
        }
        for page, (desk, path, _) in pages.items():
            start = time.perf_counter()
            status, _body = desk.get(path)
            assert status == 200, (path, status)
            times.setdefault(f"{page}|{pages[page][2]}", []).append(time.perf_counter() - start)
    return times


_ASK = """
import django, json; django.setup()
from tiepdan.cases.models import Case
from tiepdan.receptions.models import Reception
cases = list(Case.objects.filter(agency__code="minh-chau").order_by("pk").values_list("code", flat=True))
rows = list(Reception.objects.order_by("pk").values_list("code", flat=True))
print(json.dumps({"cases": cases[:: max(1, len(cases) // 400)], "receptions": rows[:: max(1, len(rows) // 400)]}))
"""


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--postgres", action="store_true")
    words.add_argument("--small", action="store_true")
    told = words.parse_args()
    size = SMALL if told.small else ()
    with tempfile.TemporaryDirectory(prefix="b-") as folder:
        if told.postgres:
            with postgres.running(Path(folder)) as address:
                report("PostgreSQL", Office(Path(folder) / "var", address, size), told.small)
        else:
            report("SQLite", Office(Path(folder) / "var", "", size), told.small)


def report(database: str, office: Office, small: bool) -> None:
    with office.serving():
        times = measure(office)
    rows = ["| page | median | p95 | worst | target p95 | |", "|---|---|---|---|---|---|"]
    for name, values in times.items():
        page, target = name.split("|")
        late = percentile(values, 95) * 1000
        rows.append(
            f"| {page} | {statistics.median(values) * 1000:.0f} ms | {late:.0f} ms | {max(values) * 1000:.0f} ms "
            f"| {target} ms | {verdict(late <= int(target))} |"
        )
    command = "`python -m bench.office" + (" --postgres`" if database == "PostgreSQL" else "`")
    about = f"100,000 cases, 20,000 receptions, 1 million rows of the log; {ROUNDS} rounds, {command}."
    if small:
        print("\n".join(rows))
    else:
        section(f"Office pages on {database}", about, rows)


if __name__ == "__main__":
    main()
