"""Cases and their people, for every room above: on top of `cast`.

Builders are idempotent by code, like those of `cast`; they write rows directly, without the log.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests import cast
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.rules import Kind as AgencyKind
from tiepdan.accounts.rules import Role
from tiepdan.cases.actions.common import refresh
from tiepdan.cases.models import Case, ChosenGround, Item, Petitioner, Screening, Share, Submission
from tiepdan.cases.rules import Condition, ItemKind, Kind, Paper, Standing, State
from tiepdan.kernel.text import fold

CODE = "VV-2026-0041"
NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)  # 09:00 of Monday 07/12/2026
RECEIVED = date(2026, 12, 1)
NAME = "Nguyễn Văn Thật"
NUMBER = "036085001234"


def department() -> Agency:
    return cast.agency("so-nnmt", "Sở Nông nghiệp và Môi trường", AgencyKind.DEPARTMENT, cast.province())


def department_officer() -> Any:
    """Somebody of an agency concerned: sees only what is shared with it."""
    return cast.person("co-quan", "Bùi Thu Hằng", Role.OFFICER, department())


def commune_clerk() -> Any:
    return cast.person("can-bo-xa", "Lý Văn Tám", Role.CLERK, cast.commune())


def case(
    code: str = CODE,
    *,
    state: str = State.RECEIVED,
    kind: str = Kind.COMPLAINT,
    people: list[str] | int = 1,
    agency: Agency | None = None,
    now: datetime = NOW,
    received_on: date = RECEIVED,
    **fields: Any,
) -> Case:
    """A case with its petitioners: `people` are names, or how many to invent; the first is the main one."""
    found = Case.objects.filter(code=code).first()
    if found is not None:
        return found
    names = people if isinstance(people, list) else [NAME, *(f"Trần Thị Số {n}" for n in range(2, people + 1))]
    made_by = fields.pop("created_by", None) or cast.clerk()
    facts = {
        "summary": "Khiếu nại về bồi thường khi thu hồi đất",
        "content": "Đề nghị xem xét lại đơn giá bồi thường.",
        "field": "Đất đai",
        "people_count": max(1, len(names)),
        "lookup_code": f"TRA-{code[-11:]}",
        "state_since": now,
        "created_at": now,
        "created_by": made_by,
        "edited_at": now,
        "edited_by": made_by,
        **fields,
    }
    found = Case.objects.create(
        code=code, state=state, kind=kind, agency=agency or cast.province(), received_on=received_on, **facts
    )
    for order, name in enumerate(names):
        petitioner(found, name, is_main=order == 0, order=order, number=str(int(NUMBER) + order).zfill(12))
    refresh(found)
    return found


def petitioner(of: Case, name: str = NAME, *, number: str = NUMBER, is_main: bool = False, **fields: Any) -> Petitioner:
    """Idempotent by case and name."""
    facts = {
        "paper": Paper.CITIZEN_ID,
        "paper_number": number,
        "paper_issued_on": date(2021, 5, 4),
        "paper_issued_by": "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
        "address": "Thôn 3, xã Thanh Lộc, tỉnh Minh Châu",
        "phone": "0912 345 678",
        "standing": Standing.SELF,
        "search": fold(name),
        "is_main": is_main,
        **fields,
    }
    found = Petitioner.objects.get_or_create(case=of, full_name=name, defaults=facts)[0]
    refresh(of)
    return found


def item(
    of: Case, title: str = "Đơn khiếu nại", *, kind: str = ItemKind.PETITION, now: datetime = NOW, **fields: Any
) -> Item:
    """Idempotent by case and title."""
    facts = {"pages": 3, "condition": Condition.COPY, "added_at": now, "added_by": of.created_by, **fields}
    return Item.objects.get_or_create(case=of, title=title, kind=kind, defaults=facts)[0]


def share(
    of: Case, *, until: date, agency: Agency | None = None, items: list[Item] | None = None, now: datetime = NOW
) -> Share:
    found = Share.objects.get_or_create(
        case=of, agency=agency or department(), defaults={"until": until, "shared_at": now, "shared_by": of.created_by}
    )[0]
    found.items.set(items or list(of.items.all()))
    return found


def ready_to_submit(code: str = CODE, **fields: Any) -> Case:
    """A case with a ticked ground and its reason; nothing more is asked of it."""
    found = case(code, **fields)
    Screening.objects.get_or_create(
        case=found, defaults={"profile": "nd154-2026", "saved_at": NOW, "saved_by": found.created_by}
    )
    ChosenGround.objects.get_or_create(
        case=found, code="nd154.a", defaults={"reason": "Kéo dài ba năm, liên quan bốn cơ quan."}
    )
    return found


def submitted(code: str = CODE, *, by: Person | None = None, now: datetime = NOW, **fields: Any) -> Submission:
    """A case that waits for the head's decision."""
    found = case(code, state=State.PROPOSED, now=now, **fields)
    grounds = [
        {
            "code": "nd154.a",
            "text": "Vụ việc phức tạp, kéo dài",
            "article": "khoản 1 Điều 20 NĐ 154/2026/NĐ-CP",
            "reason": "Kéo dài ba năm, liên quan bốn cơ quan.",
            "evidence": [],
        }
    ]
    facts = {"profile": "nd154-2026", "grounds": grounds, "submitted_at": now, "submitted_by": by or cast.clerk()}
    return Submission.objects.get_or_create(case=found, decision="", defaults=facts)[0]
