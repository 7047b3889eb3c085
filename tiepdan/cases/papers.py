"""Papers about what is taken in: the receipt 02/TCD. Papers of decisions: papers_decisions.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate, localtime

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import desk_title
from tiepdan.cases import access
from tiepdan.cases.models import Item, Petitioner, Receipt
from tiepdan.cases.rules import Paper
from tiepdan.documents import access as doors
from tiepdan.documents import sources

ABOUT = "cases.receipt"
COPIES = 2  # one stays with the desk, one goes to who handed the papers in
ROLE_OF_LAST_RESORT = "Người tiếp công dân"
BLANK = "……………"  # to be filled in by hand


def register() -> None:
    sources.register("receipt", ABOUT, load, facts, agency_of)
    doors.register(ABOUT, may_read, may_write, address)


def load(about_id: str) -> Receipt:
    return Receipt.objects.select_related("case__agency", "giver", "made_by", "replaces").get(pk=about_id)


def agency_of(receipt: Receipt) -> Agency:
    return receipt.case.agency


def facts(receipt: Receipt, part: str, now: datetime) -> Mapping[str, Any]:
    made = localtime(receipt.made_at)
    return {
        "gio": f"{made:%H} giờ {made:%M}",
        "ngay": f"{made:%d} tháng {made:%m} năm {made:%Y}",
        "tai": receipt.place,
        "nguoi_nhan": receipt.made_by.full_name,
        "chuc_vu_nguoi_nhan": _title(receipt.made_by, receipt),
        **identity(receipt.giver),
        "tai_lieu": [_line(number, item) for number, item in enumerate(receipt.items.order_by("pk"), start=1)],
        "so_ban": f"{COPIES:02d}",
        "ma_tra_cuu": "" if receipt.case.is_protected else receipt.case.lookup_code,
        "thay_the": f"{receipt.replaces.number:02d}" if receipt.replaces else "",
    }


def identity(person: Petitioner) -> dict[str, str]:
    """A form says by whom and where a paper was issued; what is not known is left to the hand."""
    is_known = person.paper != Paper.LATER and person.paper_number
    return {
        "cong_dan": person.full_name,
        "giay_to": person.get_paper_display() if is_known else "",
        "so_giay_to": person.paper_number if is_known else BLANK,
        "ngay_cap": f"{person.paper_issued_on:%d/%m/%Y}" if person.paper_issued_on else BLANK,
        "noi_cap": person.paper_issued_by or BLANK,
        "dia_chi": person.address or BLANK,
    }


def _line(number: int, item: Item) -> dict[str, str]:
    return {
        "stt": str(number),
        "ten": item.title,
        "so_trang": f"{item.pages or 0:02d}",
        "tinh_trang": item.get_condition_display().lower(),
    }


def _title(person: Person, receipt: Receipt) -> str:
    return desk_title(person, receipt.case.agency, localdate(receipt.made_at)) or ROLE_OF_LAST_RESORT


def may_read(person: Person, about_id: str, now: datetime) -> bool:
    """The receipt names the citizen: who may not see a protected denouncer does not see it either."""
    case, on = load(about_id).case, localdate(now)
    return access.may_read(person, case, on) and access.may_see_people(person, case, on)


def may_write(person: Person, about_id: str, now: datetime) -> bool:
    return access.may_edit(person, load(about_id).case, localdate(now))


def address(about_id: str) -> str:
    return reverse("cases:dossier", args=[load(about_id).case.code])
