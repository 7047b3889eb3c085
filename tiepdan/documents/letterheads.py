"""What stands at the head and the foot of a paper: the office's own words, else what its name suggests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tiepdan.accounts.models import Agency, Person, Post
from tiepdan.accounts.queries import APPROVERS, desk_title, valid_on
from tiepdan.accounts.rules import Kind as AgencyKind
from tiepdan.documents.kinds import SUBMITTER, Kind
from tiepdan.documents.models import Letterhead
from tiepdan.documents.rules import date_text, number_text, symbol

COMMITTEE = "Ủy ban nhân dân"
LONGEST_LINE = 24  # letters of a name that stand on one line at the head of a paper
_LEVELS = ("tỉnh", "thành phố", "xã", "phường", "đặc khu")


@dataclass(frozen=True)
class Head:
    """A letterhead with nothing left open; names may have several lines."""

    above: str
    name: str
    full_name: str
    place: str
    suffix: str
    authority: str
    title: str
    signer: str
    receivers: tuple[str, ...]
    unit: str
    one_book: bool


def head_of(agency: Agency, on: date) -> Head:
    """Two to three queries: the office's own row, who signs there, and the agency above."""
    own = Letterhead.objects.filter(agency=agency).first() or Letterhead(agency=agency)
    name = full_name(agency.name)
    is_committee = name.startswith(COMMITTEE)
    above = agency.parent
    authority, title, signer = _signature(agency, on, is_committee)
    if own.signer or own.title:  # a written signer is not joined with a guessed title
        authority, title, signer = own.authority or authority, own.title or title, own.signer or signer
    return Head(
        above=own.above or (above.name if above and not is_committee else ""),
        name=own.name or broken(name),
        full_name=name,
        place=own.place or place_of(agency),
        suffix=own.suffix or ("UBND" if is_committee else initials(agency.name)),
        authority=own.authority or authority,
        title=title,
        signer=signer,
        receivers=tuple(line.strip(" ;.") for line in own.receivers.splitlines() if line.strip(" ;.")),
        unit=own.unit,
        one_book=own.one_book,
    )


def house_facts(
    head: Head, kind: Kind, number: int | None, dated: date | None, on: date, more: Sequence[str] = ()
) -> dict[str, Any]:
    """The facts that every paper has, by the names of `kinds.HOUSE` (without the trích yếu).

    Who signs an internal paper is told by the room that it comes from (see `submitted_by`).
    """
    sign = symbol(kind.abbreviation, head.suffix)
    return {
        "co_quan_chu_quan": head.above,
        "co_quan_dau_trang": head.name,
        "co_quan": head.full_name,
        "so_ky_hieu": number_text(number, sign),
        "dia_danh": head.place,
        "ngay_van_ban": date_text(dated, on),
        "quyen_han_ky": "" if kind.is_internal else head.authority,
        "chuc_vu_ky": SUBMITTER if kind.is_internal else head.title,
        "nguoi_ky": "" if kind.is_internal else head.signer,
        "noi_nhan": receivers(head, kind, more),
    }


def submitted_by(person: Person, agency: Agency, on: date) -> dict[str, str]:
    """The facts that sign an internal paper: the post of who submits it, and the name."""
    title = desk_title(person, agency, on).upper() or SUBMITTER
    return {"quyen_han_ky": "", "chuc_vu_ky": title, "nguoi_ky": person.full_name}


def receivers(head: Head, kind: Kind, more: Sequence[str] = ()) -> list[str]:
    """«Như trên;» … «Lưu: VT, TCD.» with their signs (điểm d khoản 9 Mục II Phần I Phụ lục I NĐ 30/2020).

    `more`: those whom the paper itself concerns, before those whom the office always names.
    """
    lines = dict.fromkeys((*(("Như trên",) if kind.is_letter else ()), *more, *head.receivers))
    kept = ", ".join(filter(None, ("VT", head.unit, kind.kept)))
    return [*(f"{line};" for line in lines), f"Lưu: {kept}."]


def full_name(name: str) -> str:
    """«UBND tỉnh Minh Châu» → «Ủy ban nhân dân tỉnh Minh Châu»"""
    return re.sub(r"^UBND\b", COMMITTEE, name.strip())


def broken(name: str) -> str:
    """A committee's name on two lines, as the forms have it; a long one at the space nearest to its middle."""
    if name.startswith(f"{COMMITTEE} "):
        return name.replace(f"{COMMITTEE} ", f"{COMMITTEE}\n", 1)
    if len(name) <= LONGEST_LINE:
        return name
    place = min((abs(at - len(name) / 2), at) for at, letter in enumerate(name) if letter == " ")[1]
    return f"{name[:place]}\n{name[place + 1 :]}"


def place_of(agency: Agency) -> str:
    """«UBND xã Thanh Lộc» → «Thanh Lộc»; an office without a place of its own lies where the one above lies."""
    rest = full_name(agency.name).removeprefix(COMMITTEE).strip()
    for level in _LEVELS:
        if rest.startswith(f"{level} "):
            return rest.removeprefix(f"{level} ")
    return place_of(agency.parent) if agency.parent else ""


def initials(name: str) -> str:
    """«Sở Nông nghiệp và Môi trường» → «SNNMT»"""
    return "".join(word[0] for word in name.split() if word.lower() not in ("và", "của")).upper()


def _signature(agency: Agency, on: date, is_committee: bool) -> tuple[str, str, str]:
    """(authority, title, name) of the first who may sign there on a day: the head before a deputy."""
    posts = list(
        Post.objects.filter(valid_on(on), agency=agency, role__in=[role.value for role in APPROVERS])
        .select_related("person")
        .order_by("pk")
    )
    posts.sort(key=lambda post: (post.title.lower().startswith("phó"), not post.title))
    collective = "TM. ỦY BAN NHÂN DÂN" if is_committee else ""
    head_title = "CHỦ TỊCH" if is_committee else _head_title(agency)
    if not posts:
        return collective, head_title, ""
    words = re.split(r"\s+(?:UBND|Ủy ban)\b", posts[0].title.strip())[0] if is_committee else posts[0].title.strip()
    title = words.upper()
    if title.startswith("PHÓ "):
        head_title = title.removeprefix("PHÓ ")
        return f"{collective}\nKT. {head_title}".strip(), title, posts[0].person.full_name
    return collective, title or head_title, posts[0].person.full_name


def _head_title(agency: Agency) -> str:
    if agency.kind == AgencyKind.DEPARTMENT:
        return "CHÁNH THANH TRA" if agency.name.startswith("Thanh tra") else "GIÁM ĐỐC"
    return "THỦ TRƯỞNG CƠ QUAN"
