"""Sharing a dossier with another agency until a day, and what that agency sends back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import heir
from tiepdan.audit import actions as audit
from tiepdan.cases.actions.common import require_alive, today
from tiepdan.cases.actions.dossier import PaperFacts
from tiepdan.cases.models import Case, Item, Share
from tiepdan.files import actions as files
from tiepdan.kernel.refusals import Invalid, Refused

PROTECTED = (
    "Không chia sẻ hồ sơ này qua hệ thống: người tố cáo yêu cầu bảo vệ danh tính, họ tên, địa chỉ, bút tích phải được "
    "giữ bí mật (khoản 2 Điều 12 NĐ 154/2026)."
)


@transaction.atomic
def share(
    case: Case, agency: Agency, items: Collection[Item], until: date, note: str, *, by: Person, at: datetime
) -> Share:
    """Let another agency read the ticked papers until the end of a day.

    Raises:
        Refused: a protected denouncer, one's own agency, or it is shared with that agency already.
        Invalid: no papers and no request, a day that is over, an agency that has ended.
    """
    if case.is_protected:
        raise Refused(PROTECTED, code="protected")
    if agency == heir(case.agency, today(at)):
        raise Invalid("Hồ sơ thuộc chính cơ quan này, không cần chia sẻ.", code="agency")
    require_alive(agency, today(at))
    if until < today(at):
        raise Invalid("Ngày hết hạn chia sẻ đã qua.", code="until")
    if not items and not note.strip():
        raise Invalid("Chưa chọn tài liệu nào và chưa ghi đề nghị gì với cơ quan nhận.", code="nothing")
    if case.shares.filter(agency=agency, withdrawn_at__isnull=True, until__gte=today(at)).exists():
        raise Refused(
            f"Hồ sơ đang được chia sẻ với {agency.name}. Hãy thôi chia sẻ lần trước rồi chia sẻ lại.", code="shared"
        )
    row = Share.objects.create(case=case, agency=agency, until=until, note=note.strip(), shared_at=at, shared_by=by)
    row.items.set(items)
    audit.record(
        "case.shared",
        agency=case.agency,
        at=at,
        by=by,
        about=case,
        office=agency.name,
        to_day=until.isoformat(),
        papers=len(items),
    )
    return row


@transaction.atomic
def withdraw(row: Share, *, by: Person, at: datetime) -> None:
    if not Share.objects.filter(pk=row.pk, withdrawn_at__isnull=True).update(withdrawn_at=at):
        raise Refused("Việc chia sẻ này đã được thôi trước đó.", code="faster")
    row.withdrawn_at = at
    case = row.case
    audit.record("case.share_withdrawn", agency=case.agency, at=at, by=by, about=case, office=row.agency.name)


@transaction.atomic
def read(row: Share, *, paper: Item | None = None, by: Person, at: datetime) -> None:
    """The other agency opened the dossier, or one paper of it; kept in the log of the agency that owns it."""
    facts: dict[str, Any] = {}
    if paper is not None:
        facts = {"kind": paper.get_kind_display(), "sha256": paper.file.sha256 if paper.file else None}
    case = row.case
    if Share.objects.filter(pk=row.pk, opened_at__isnull=True).update(opened_at=at):
        row.opened_at = at
    audit.record("case.share_read", agency=case.agency, at=at, by=by, about=case, office=row.agency.name, **facts)


@transaction.atomic
def supply(row: Share, papers: Sequence[PaperFacts], *, by: Person, at: datetime) -> list[Item]:
    """The agency sends papers into the dossier; it goes on reading what it sent."""
    if row.withdrawn_at or row.until < today(at):
        raise Refused("Thời hạn chia sẻ hồ sơ này đã hết nên không gửi thêm tài liệu được.", code="over")
    if not papers or any(one.upload is None for one in papers):
        raise Invalid("Chưa chọn tệp để gửi.", code="nothing")
    case = row.case
    items = []
    for one in papers:
        stored = files.keep(one.upload, agency=case.agency, by=by, at=at) if one.upload else None
        items.append(
            Item.objects.create(
                case=case,
                kind=one.kind,
                title=one.title.strip(),
                pages=one.pages,
                condition=one.condition,
                is_from_citizen=False,
                from_agency=row.agency,
                file=stored,
                added_at=at,
                added_by=by,
            )
        )
    row.items.add(*items)
    audit.record(
        "case.supplied", agency=case.agency, at=at, by=by, about=case, office=row.agency.name, papers=len(items)
    )
    return items
