"""«Việc tiếp theo» and the buttons of a case while its papers are put together."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import has_role
from tiepdan.cases import access
from tiepdan.cases.models import Case
from tiepdan.cases.pages import Button, NextStep
from tiepdan.cases.rules import CASE, CROWD, OPEN_STATES, STATE_LABELS, Paper, State

RECEIPT_ARTICLE = "khoản 4 Điều 15 NĐ 154/2026"
GROUP_ARTICLE = "Điều 29 Luật Tiếp công dân"
UNKNOWN_PEOPLE = "Người tố cáo được bảo vệ danh tính (khoản 2 Điều 12 NĐ 154/2026)."


def next_step(case: Case, person: Person, now: datetime) -> NextStep | None:
    """What is still missing before grounds are chosen; None when nothing of this part waits."""
    if case.state not in OPEN_STATES or not access.may_edit(person, case, localdate(now)):
        return None

    def at(name: str) -> str:
        return reverse(f"cases:{name}", args=[case.code])

    if case.state == State.INCOMPLETE:
        return NextStep(f"Chờ bổ sung: {case.missing_note}", "Mở hồ sơ", at("dossier"))
    if not access.may_see_people(person, case, localdate(now)):
        return None
    if case.items.filter(is_from_citizen=True, receipt__isnull=True, removed_at__isnull=True).exists():
        return NextStep(
            "Tài liệu công dân cung cấp chưa có giấy biên nhận.", "Lập giấy biên nhận", at("record"), RECEIPT_ARTICLE
        )
    people = list(case.petitioners.values_list("paper", "is_representative"))
    if case.people_count >= CROWD and not any(chosen for _, chosen in people):
        return NextStep(
            f"Đoàn có {case.people_count} người, chưa cử người đại diện.",
            "Ghi người đại diện",
            at("people"),
            GROUP_ARTICLE,
        )
    if case.state == State.RECEIVED and people and people[0][0] == Paper.LATER:
        return NextStep("Người đến trình bày chưa có số giấy tờ.", "Bổ sung", at("detail"), "Điều 12 NĐ 154/2026")
    return None


def buttons(case: Case, person: Person, now: datetime) -> list[Button]:
    """Buttons that would be refused stay, with the reason."""
    on = localdate(now)
    if not access.may_edit(person, case, on):
        if has_role(person, case.agency, on, *access.READERS):
            return [Button("Giao cán bộ", reverse("cases:assign", args=[case.code]))]
        return []
    now_is = f"Đang ở trạng thái «{STATE_LABELS[case.state]}»."
    # What tells who denounces is written by those who may read it.
    unknown = "" if access.may_see_people(person, case, on) else UNKNOWN_PEOPLE
    closed = unknown or ("" if case.state in OPEN_STATES else now_is)
    unasked = "" if CASE.after(case.state, "ask") else now_is
    found = [
        Button("Sửa nội dung", reverse("cases:edit", args=[case.code]), closed),
        Button("Ghi nhận tài liệu", reverse("cases:record", args=[case.code]), unknown),
        Button("Yêu cầu bổ sung", reverse("cases:ask", args=[case.code]), unasked),
        Button("Tách nội dung", reverse("cases:split", args=[case.code]), closed),
    ]
    if has_role(person, case.agency, on, *access.READERS):
        found.append(Button("Giao cán bộ", reverse("cases:assign", args=[case.code])))
    return found
