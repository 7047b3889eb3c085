"""What every write of a case shares: the guard against two editors, derived columns, checks of agencies and names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Model
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.audit.models import Entry
from tiepdan.cases import deadlines
from tiepdan.cases.models import Case
from tiepdan.cases.queries import search_words
from tiepdan.cases.rules import OPEN_STATES, STATE_LABELS
from tiepdan.cases.rules.identity import names_in
from tiepdan.kernel.dates import clock_text
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.kernel.rows import FASTER
from tiepdan.kernel.text import fold

NAMED = (
    "Tóm tắt không ghi tên hay số giấy tờ của công dân (khoản 2 Điều 12 NĐ 154/2026): "
    "tóm tắt hiện ở danh sách và nhật ký. Hãy viết «người khiếu nại», «hộ gia đình»."
)


def touch(case: Case, seen: str, *, by: Person, at: datetime) -> None:
    """Take the right to write: of two people who edit what they saw at the same time, the second is told.

    `seen` is `marker(case)` of the page that was filled in; empty when nothing was shown to be overwritten.
    """
    rows = Case.objects.filter(pk=case.pk, state=case.state)
    if seen:
        if seen != marker(case):
            raise Refused(faster(case), code="faster")
        rows = rows.filter(edited_at=case.edited_at)
    if not rows.update(edited_at=at, edited_by=by):
        if not Case.objects.filter(pk=case.pk, state=case.state).exists():
            raise Refused(FASTER, code="faster")
        case.refresh_from_db(fields=["edited_at", "edited_by"])
        raise Refused(faster(case), code="faster")
    case.edited_at, case.edited_by = at, by


def marker(case: Case) -> str:
    return case.edited_at.isoformat()


def faster(case: Case) -> str:
    return (
        f"Nội dung này vừa được {case.edited_by.full_name} thay đổi lúc {clock_text(case.edited_at)}. "
        "Hãy tải lại trang để xem bản mới. Những gì bạn vừa nhập vẫn còn ở dưới để đối chiếu."
    )


def changed_since(case: Case, *events: str) -> Refused:
    """For whoever came second to something that keeps no hour of its own: who did it, and when, as the log says."""
    rows = Entry.objects.filter(about_kind="cases.case", about_id=str(case.pk), event__in=events)
    newest = rows.select_related("by").order_by("-pk").first()
    if newest is None:
        return Refused("Nội dung này vừa được người khác thay đổi. Hãy tải lại trang để xem bản mới.", code="faster")
    who = newest.by.full_name if newest.by else newest.by_label
    return Refused(
        f"Nội dung này vừa được {who} thay đổi lúc {clock_text(newest.at)}. Hãy tải lại trang để xem bản mới.",
        code="faster",
    )


def require_open(case: Case) -> None:
    if case.state not in OPEN_STATES:
        raise Refused(
            f"Vụ việc đang ở trạng thái «{STATE_LABELS[case.state]}» nên không sửa được nội dung. "
            "Nếu đã trình, hãy rút trình hoặc chờ lãnh đạo trả lại rồi sửa.",
            code="state",
        )


def refresh(case: Case) -> None:
    """Columns derived for the list: the folded words, the nearest date of the law."""
    case.search = search_words(case)
    case.next_due = deadlines.next_due(case, *deadlines.rules_of(case))
    Case.objects.filter(pk=case.pk).update(search=case.search, next_due=case.next_due)


def require_alive(agency: Agency | None, on: date) -> None:
    """An agency that has ended takes nothing over."""
    if agency is None or (agency.valid_from <= on and (agency.valid_to is None or on <= agency.valid_to)):
        return
    if agency.valid_to is None or on < agency.valid_from:
        raise Invalid(f"{agency.name} chưa hoạt động vào ngày {on:%d/%m/%Y}. Hãy chọn cơ quan khác.", code="ended")
    heir = f" Cơ quan kế nhiệm: {agency.successor.name}." if agency.successor else " Hãy chọn cơ quan khác."
    raise Invalid(f"{agency.name} đã kết thúc hoạt động sau ngày {agency.valid_to:%d/%m/%Y}.{heir}", code="ended")


def require_nameless(summary: str, people: Iterable[tuple[str, str]]) -> None:
    """The summary holds no full name and no number of `people` (name, number of the paper)."""
    pairs = list(people)
    if names_in(fold(summary), [fold(name) for name, _ in pairs], [number for _, number in pairs]):
        raise Invalid(NAMED, code="summary")


def field_labels(model: type[Model], names: Iterable[str]) -> list[str]:
    """Names of columns as the page calls them, for the log."""
    return [str(getattr(model._meta.get_field(name), "verbose_name", name)) for name in names]


def today(at: datetime) -> date:
    return localdate(at)
