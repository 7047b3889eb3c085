"""What the room of cases hangs into lower rooms, and into its own pages."""

from __future__ import annotations

from tiepdan.accounts import menu, tasks
from tiepdan.accounts.rules import Role
from tiepdan.audit import labels
from tiepdan.cases import events, importer, pages, papers, registration_decisions, steps
from tiepdan.cases.tasks import intake_tasks
from tiepdan.sheets import importers


def register() -> None:
    labels.register(events.LABELS)
    menu.add_item("Vụ việc", "/vu-viec/", {Role.CLERK, Role.APPROVER, Role.CHAIR, Role.INSPECTOR}, order=12)
    menu.add_item("Hồ sơ được chia sẻ", "/ho-so-duoc-chia-se/", {Role.OFFICER}, order=16)
    tasks.add_tasks(intake_tasks)
    importers.register(importer.CASES)
    papers.register()
    pages.add_tab("Tóm tắt", "cases:detail", 10)
    pages.add_tab("Người đại diện", "cases:people", 20)
    pages.add_tab("Hồ sơ", "cases:dossier", 30)
    pages.add_tab("Nhật ký", "cases:journal", 90)
    pages.add_next_step(steps.next_step, order=20)
    pages.add_buttons(steps.buttons, order=20)
    registration_decisions.register()
