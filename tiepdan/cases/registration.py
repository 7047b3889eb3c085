"""What the room of cases hangs into lower rooms, and into its own pages."""

from __future__ import annotations

from tiepdan.accounts import journal, menu, tasks
from tiepdan.accounts import news as bell
from tiepdan.accounts import search as box
from tiepdan.accounts.rules import Role
from tiepdan.audit import labels
from tiepdan.cases import events, importer, news, pages, papers, registration_decisions, search, steps, withheld
from tiepdan.cases.tasks import intake_tasks
from tiepdan.cases.tasks_sharing import to_read
from tiepdan.sheets import importers


def register() -> None:
    labels.register(events.LABELS)
    menu.add_item(
        "Vụ việc",
        "/vu-viec/",
        {Role.CLERK, Role.APPROVER, Role.INSPECTOR},
        order=12,
        is_lent=True,
        names={Role.INSPECTOR: "Vụ việc (chỉ xem)"},
    )
    menu.add_item("Hồ sơ vụ việc", "/vu-viec/", {Role.CHAIR}, order=22)  # a chair looks for the reception first
    menu.add_item("Hồ sơ được chia sẻ", "/ho-so-duoc-chia-se/", {Role.OFFICER}, order=16)
    tasks.add_tasks(intake_tasks)
    tasks.add_tasks(to_read)
    bell.add(news.TO_DESK, news.for_desk)
    bell.add(news.TO_HEAD, news.for_head)
    bell.add(news.TO_OFFICE, news.for_office)
    box.add_code(search.by_code)
    box.add_group(search.cases)
    box.add_group(search.shared)
    journal.add_withheld(withheld.withheld)
    importers.register(importer.CASES)
    papers.register()
    pages.add_tab("Tóm tắt", "cases:detail", 10)
    pages.add_tab("Người đại diện", "cases:people", 20)
    pages.add_tab("Hồ sơ", "cases:dossier", 30)
    pages.add_tab("Nhật ký", "cases:journal", 90)
    pages.add_next_step(steps.next_step, order=20)
    pages.add_buttons(steps.buttons, order=20)
    registration_decisions.register()
