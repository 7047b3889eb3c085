"""One thing of every kind that an address can name, belonging to one agency: the values of its addresses by name."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Model
from django.utils.timezone import localdate

from tests import case_cast
from tests.access.team import Team
from tests.sheets.books import book
from tiepdan.accounts.models import Delegation
from tiepdan.cases.models import Case, ChosenGround, Handing, Handled, Receipt, Refusal, Submission
from tiepdan.cases.rules import RefusalState, State
from tiepdan.documents.actions import builtin
from tiepdan.documents.kinds import kind_of
from tiepdan.documents.models import Batch, Document, Template
from tiepdan.files import store
from tiepdan.files.models import StoredFile
from tiepdan.policy.models import Day, DayKind, OfficeValue, Year
from tiepdan.sheets import importers
from tiepdan.sheets.models import Upload

Values = dict[str, Any]
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SECRET = "Tống Văn Kín"  # a citizen whose name only those who must know read
FREE_YEAR = 2031  # nothing else in the tests knows it


def file(team: Team, at: datetime, name: str = "giay.pdf", content: bytes = PDF) -> StoredFile:
    mark = sha256(content).hexdigest()
    store.put(io.BytesIO(content), mark)
    facts = {"name": name, "kind": "application/pdf", "size": len(content), "sha256": mark, "created_at": at}
    return StoredFile.objects.create(agency=team.agency, created_by=team.clerk, **facts)


def paper(team: Team, about: Model, kind: str, at: datetime, **fields: Any) -> Document:
    """A draft with a Word file and a PDF, filled with the sample of its kind."""
    facts = {
        "kind": kind,
        "title": kind_of(kind).label,
        "about_kind": about._meta.label_lower,
        "about_id": str(about.pk),
        "facts": {**kind_of(kind).sample(), "cong_dan": SECRET},
        "docx": file(team, at, "van-ban.docx"),
        "pdf": file(team, at, "van-ban.pdf"),
        "created_at": at,
        "created_by": team.clerk,
        **fields,
    }
    return Document.objects.create(agency=team.agency, **facts)


def case(team: Team, name: str, at: datetime, **fields: Any) -> Case:
    return case_cast.case(
        f"VV-{team.prefix}-{name}",
        agency=team.agency,
        now=at,
        received_on=localdate(at),
        lookup_code=f"{team.prefix}-{name}"[:16],
        officer=team.officer,
        **{"created_by": team.clerk, **fields},
    )


def accounts(team: Team, at: datetime) -> Values:
    lent = {"agency": team.agency, "giver": team.approver, "receiver": team.officer, "made_at": at}
    delegation = Delegation.objects.create(valid_from=date(2020, 1, 1), valid_to=date(2020, 1, 31), **lent)
    return {
        "agency": team.below.pk,
        "top": team.agency.pk,
        "person": team.subject.pk,
        "post": team.subject.posts.get().pk,
        "colleague": team.officer.pk,
        "delegation": delegation.pk,
        "guide": "can-bo-tiep-dan",
    }


def policy(team: Team, at: datetime) -> Values:
    year = Year.objects.get_or_create(year=FREE_YEAR)[0]
    facts = {"kind": DayKind.OFF, "name": "Nghỉ", "entered_at": at}
    day = Day.objects.get_or_create(day=date(FREE_YEAR, 5, 1), defaults={"year": year, **facts})[0]
    value = OfficeValue.objects.create(
        agency=team.agency,
        profile="nd154-2026",
        path="milestones.notice",
        value=7,
        valid_from=localdate(at) + timedelta(days=30),
        reason="Cần thêm thời gian",
        entered_at=at,
        entered_by=team.clerk,
    )
    return {"day": day.pk, "year": FREE_YEAR, "value": value.pk}


def sheets(team: Team, at: datetime) -> Values:
    made: Values = {"xlsx": "xlsx", "csv": "csv"}
    for code in ("co-quan", "nguoi-dung", "diem-cau", "vu-viec", "ngay-nghi"):
        importer = importers.importer(code)
        assert importer is not None
        content = book([column.heading for column in importer.columns], [column.example for column in importer.columns])
        upload = Upload.objects.create(
            kind=code, agency=team.agency, file=file(team, at, "bang.xlsx", content), by=team.clerk, at=at, rows=1
        )
        made |= {code: code, f"upload-{code}": upload.pk}
    return made


def cases(team: Team, at: datetime) -> Values:
    here = case(team, "mo", at, state=State.SCREENING, people=[SECRET, "Tống Thị Kín"])
    ChosenGround.objects.create(case=here, code="nd154.a", reason="Kéo dài ba năm.")
    main, second = here.petitioners.all()
    item = case_cast.item(here, now=at, file=file(team, at))
    receipt = Receipt.objects.create(case=here, giver=main, number=1, place="Trụ sở", made_at=at, made_by=team.clerk)
    case_cast.item(here, "Ảnh chụp", now=at, receipt=receipt)
    loose = case_cast.item(here, "Bản đồ", now=at)
    share = case_cast.share(here, until=localdate(at) + timedelta(days=30), agency=team.other, items=[item], now=at)
    waiting = case_cast.submitted(
        f"VV-{team.prefix}-trinh",
        by=team.clerk,
        now=at,
        agency=team.agency,
        created_by=team.clerk,
        people=[SECRET],
        lookup_code=f"{team.prefix}-trinh",
        officer=team.officer,
    )
    decided = case_cast.submitted(
        f"VV-{team.prefix}-xong",
        by=team.clerk,
        now=at,
        agency=team.agency,
        created_by=team.clerk,
        people=[SECRET],
        lookup_code=f"{team.prefix}-xong",
        officer=team.officer,
    )
    answer = {"decision": "approve", "decided_at": at, "decided_by": team.approver}
    Submission.objects.filter(pk=decided.pk).update(**answer)
    protected = case(
        team,
        "kin",
        at,
        state=State.SCREENING,
        kind="denunciation",
        people=[SECRET],
        is_protected=True,
        created_by=team.officer,
    )
    sent = case(team, "chuyen", at, state=State.TRANSFERRED, people=[SECRET])
    handed = {"kind": "transfer", "to_name": "Cơ quan khác", "made_at": at, "made_by": team.clerk}
    return {
        "case": here.code,
        "case_id": str(here.pk),
        "form_part": "noi-dung",
        "petitioner": main.pk,
        "second": second.pk,
        "item": item.pk,
        "loose": loose.pk,
        "receipt": receipt.pk,
        "share": share.pk,
        "history": Handled.objects.create(case=here, agency_name="UBND xã").pk,
        "waiting": waiting.case.code,
        "submission": waiting.pk,
        "decided": decided.case.code,
        "decided_submission": decided.pk,
        "protected": protected.code,
        "protected_person": protected.petitioners.get().pk,
        "incomplete": case(team, "thieu", at, state=State.INCOMPLETE).code,
        "received": case(team, "nhan", at).code,
        "declined": case(team, "khong", at, state=State.DECLINED).code,
        "approved_case": case(team, "dong-y", at, state=State.APPROVED).pk,
        "sent": sent.code,
        "handing": Handing.objects.create(case=sent, **handed).pk,
        **_refusals(team, at),
        **_papers(team, here, receipt, at),
    }


def _refusals(team: Team, at: datetime) -> Values:
    made: Values = {}
    states = {"refusing": RefusalState.DRAFT, "signing": RefusalState.SUBMITTED, "breach": RefusalState.DONE}
    for name, state in states.items():
        of = case(team, name, at, state=State.SCREENING, people=[SECRET])
        put = {"submitted_at": at, "submitted_by": team.clerk} if state == RefusalState.SUBMITTED else {}
        row = Refusal.objects.create(
            case=of,
            code="N4.c" if name == "breach" else "L9.3",
            reason="Đã giải quyết",
            grounds_on=localdate(at),
            state=state,
            made_at=at,
            made_by=team.clerk,
            **put,
        )
        made |= {name: of.code, f"{name}_refusal": row.pk}
    return made


def _papers(team: Team, of: Case, receipt: Receipt, at: datetime) -> Values:
    template = Template.objects.create(
        agency=team.agency,
        kind="plan",
        version=1,
        file=file(team, at, "mau.docx", builtin("plan")),
        uploaded_at=at,
        uploaded_by=team.clerk,
    )
    batch = Batch.objects.create(
        agency=team.agency,
        about_kind="cases.case",
        about_id=str(of.pk),
        wanted=[["submission", ""]],
        made_by=team.clerk,
        created_at=at,
    )
    return {
        "paper": paper(team, of, "submission", at).pk,
        "wordless": paper(team, of, "refusal", at, docx=None, pdf=None).pk,
        "receipt_paper": paper(team, receipt, "receipt", at).pk,
        "batch": batch.pk,
        "template_version": template.version,
        "about_case": "cases.case",
        "kind": "plan",
        "word": "word",
    }
