"""What was entered a moment ago, by a second press or in a second window, is not entered again."""

from __future__ import annotations

from collections.abc import Iterable

from tiepdan.cases.models import Case, Petitioner
from tiepdan.cases.rules import KIND_LABELS
from tiepdan.cases.rules.identity import tidy_number
from tiepdan.kernel.refusals import Refused
from tiepdan.kernel.text import fold


def hold(case: Case) -> None:
    """Of two presses the second waits here, and then sees what the first wrote."""
    Case.objects.select_for_update().get(pk=case.pk)


def require_new_papers(
    case: Case, papers: Iterable[tuple[str, int | None]], *, is_from_citizen: bool, giver: Petitioner | None = None
) -> None:
    """`papers` are titles with pages. Two people of a group may hand in the same: of what has a receipt only what the
    same person handed in counts."""
    hold(case)
    held = case.items.filter(removed_at__isnull=True, is_from_citizen=is_from_citizen, from_agency__isnull=True)
    known = {
        (fold(item.title), item.pages): item
        for item in held.select_related("receipt")
        if item.receipt is None or item.receipt.giver_id == (giver.pk if giver else None)
    }
    for title, pages in papers:
        item = known.get((fold(title), pages))
        if item is not None:
            place = f"ở giấy biên nhận số {item.receipt.number:02d}" if item.receipt else "trong hồ sơ"
            raise Refused(
                f"Tài liệu «{item.title}» đã có {place}. Nếu là tài liệu khác, hãy ghi rõ ở tên tài liệu.", code="twice"
            )


def require_new_people(case: Case, people: Iterable[tuple[str, str, str]]) -> None:
    """`people` are names, addresses and numbers of identity papers."""
    hold(case)
    known = {_key(one.full_name, one.address, one.paper_number) for one in case.petitioners.all()}
    for name, address, number in people:
        key = _key(name, address, number)
        if key in known:
            raise Refused(
                f"«{name}» đã có trong vụ việc. Nếu là người khác cùng tên, ghi thêm địa chỉ hoặc số căn cước.",
                code="twice",
            )
        known.add(key)


def _key(name: str, address: str, number: str) -> tuple[str, ...]:
    number = tidy_number(number)
    return (number,) if number else (fold(name), fold(address))


def require_new_history(case: Case, office: str, paper: str) -> None:
    hold(case)
    known = {(fold(row.agency_name), fold(row.paper)) for row in case.history.all()}
    if (fold(office), fold(paper)) in known:
        named = " ".join(word for word in (office, paper) if word)
        raise Refused(f"«{named}» đã có trong quá trình đã giải quyết.", code="twice")


def require_new_part(case: Case, kind: str, summary: str) -> None:
    hold(case)
    for part in Case.objects.filter(split_from=case, kind=kind):
        if fold(part.summary) == fold(summary):
            raise Refused(f"Phần {KIND_LABELS[kind].lower()} này đã được tách thành {part.code}.", code="twice")
