"""«Biên bản vi phạm» (khoản 6 Điều 8 Luật Tiếp công dân): a breach is put on record after it was asked to stop."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localdate

from tests import case_cast as stage
from tests import cast
from tests.case_cast import NOW
from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.cases.actions import refusal as refusals
from tiepdan.cases.actions import violation as actions
from tiepdan.cases.actions.refusal import Entry as Facts
from tiepdan.cases.actions.violation import NO_REQUEST, NO_STORY, ViolationFacts, marker
from tiepdan.cases.models import Refusal
from tiepdan.cases.models_desk import Violation
from tiepdan.documents.word.text import paragraphs
from tiepdan.files import store
from tiepdan.kernel.refusals import Invalid, Refused

pytestmark = pytest.mark.django_db
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
BEGAN = datetime(2026, 12, 7, 8, 10, tzinfo=VIETNAM)
STORY = "Công dân phát trực tiếp bằng điện thoại trong phòng tiếp, sau khi đã được yêu cầu không phát."
ASKED = "Đã hai lần yêu cầu dừng phát, lúc 08 giờ 15 và 08 giờ 20; công dân không dừng."


def refused(code: str = "N4.c", case: str = stage.CODE) -> Refusal:
    of = stage.case(case)
    entry = Facts(code=code, reason=STORY, grounds_on=NOW.date(), said="Đã giải thích lý do từ chối tiếp.")
    return refusals.explain(of, entry, by=cast.clerk(), at=NOW)


def facts(of: Refusal, **fields: Any) -> ViolationFacts:
    known = {"offender": of.case.petitioners.get(is_main=True), "place": "Phòng tiếp số 1", "story": STORY}
    times = {"began_at": BEGAN, "ended_at": BEGAN + timedelta(minutes=25)}
    return ViolationFacts(**{**known, **times, "asked": ASKED, **fields})


def record(of: Refusal, *, seen: str = "", by: Person | None = None, at: datetime = NOW, **fields: Any) -> Violation:
    return actions.record(of, facts(of, **fields), seen=seen, by=by or cast.clerk(), at=at)


@pytest.mark.parametrize("code", ["L9.2", "N4.a", "N4.b", "N4.c", "N4.d"])
def test_khoan_6_dieu_8_a_breach_is_put_on_record(code: str) -> None:
    of = refused(code)
    row = record(
        of, witnesses="Ông Hoàng Văn Sơn, bảo vệ\n\nBà Đỗ Thị Lan, Thanh tra tỉnh", measures="Đề nghị Công an."
    )
    assert row.document is not None and row.document.docx is not None
    assert (row.document.kind, row.document.receiver, row.document.symbol) == ("violation", stage.NAME, "BB-UBND")
    said = " ".join(paragraphs(store.read(row.document.docx)))
    for word in (
        "BIÊN BẢN",
        "Về việc vi phạm nội quy nơi tiếp công dân",
        "Thời gian bắt đầu: 08 giờ 10, ngày 07 tháng 12 năm 2026",
        "Biên bản lập xong lúc 08 giờ 35",
        "Địa điểm: Phòng tiếp số 1",
        f"ông (bà) {stage.NAME}",
        stage.NUMBER,
        "- Ông Hoàng Văn Sơn, bảo vệ",
        "- Bà Đỗ Thị Lan, Thanh tra tỉnh",
        STORY,
        ASKED,
        "Không có ý kiến.",
        "Đề nghị Công an.",
        "đã đọc lại cho những người có tên trên cùng nghe",
    ):
        assert word in said, word
    entry = Entry.objects.order_by("-pk")[0]
    assert (entry.event, entry.facts) == ("refusal.violation_recorded", {"ground": code})
    assert stage.NAME not in str(Entry.objects.filter(agency=of.case.agency).values_list("facts", flat=True))


@pytest.mark.parametrize("code", ["L9.1", "N4.đ", "N4.e", "N4.g", "N4.k"])
def test_other_grounds_are_no_breach(code: str) -> None:
    with pytest.raises(Refused, match=r"khoản 6 Điều 8 Luật Tiếp công dân") as problem:
        record(refused(code))
    assert problem.value.code == "ground" and not Violation.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "code", "said"),
    [
        ({"story": " "}, "story", NO_STORY),
        ({"asked": "  "}, "asked", NO_REQUEST),
        ({"place": ""}, "place", "Chưa nhập địa điểm."),
        ({"ended_at": BEGAN - timedelta(minutes=1)}, "ended", "Biên bản kết thúc trước khi bắt đầu"),
        ({"began_at": NOW + timedelta(hours=1), "ended_at": NOW + timedelta(hours=2)}, "began", "tương lai"),
    ],
)
def test_what_a_record_must_hold(wrong: dict[str, Any], code: str, said: str) -> None:
    with pytest.raises(Invalid, match=re.escape(said)) as problem:
        record(refused(), **wrong)
    assert problem.value.code == code and not Violation.objects.exists()


def test_the_offender_is_somebody_of_the_case() -> None:
    stranger = stage.case("VV-2026-0042").petitioners.get()
    with pytest.raises(Invalid, match="người trong vụ việc này"):
        record(refused(), offender=stranger)


def test_worded_anew_the_draft_is_made_anew_and_of_two_one_is_told() -> None:
    of = refused()
    first = record(of)
    seen = marker(first)
    second = record(of, seen=seen, place="Phòng tiếp số 2", at=NOW + timedelta(hours=1))
    assert (second.pk, second.document_id, second.place) == (first.pk, first.document_id, "Phòng tiếp số 2")
    colleague = cast.person("can-bo-2", "Đào Văn Hải", Role.CLERK, cast.province())
    with pytest.raises(Refused, match=r"vừa được .* thay đổi lúc 10:00") as problem:
        record(of, seen=seen, by=colleague, place="Phòng tiếp số 3", at=NOW + timedelta(hours=2))
    assert problem.value.code == "faster" and Violation.objects.get().place == "Phòng tiếp số 2"


def entered(of: Refusal, **fields: Any) -> dict[str, Any]:
    offender = of.case.petitioners.get(is_main=True).pk
    day = {"day": f"{localdate() - timedelta(days=1)}", "began": "08:10", "ended": "08:35"}
    return {"offender": offender, "place": "Phòng tiếp số 1", **day, "story": STORY, "asked": ASKED, **fields}


def test_after_a_breach_the_page_offers_the_record_with_the_story_filled_in() -> None:
    of = stage.case()
    web = cast.browser(cast.clerk())
    said = {
        "code": "N4.c",
        "grounds_on": f"{localdate()}",
        "reason": STORY,
        "said": "Đã giải thích.",
        "step": "explain",
    }
    answer = web.post(f"/vu-viec/{of.code}/tu-choi/", said, follow=True)
    row = Refusal.objects.get(case=of)
    assert answer.redirect_chain[-1][0] == f"/vu-viec/{of.code}/tu-choi/{row.pk}/"
    page = answer.content.decode()
    assert "Lập biên bản vi phạm" in page and "khoản 6 Điều 8 Luật Tiếp công dân" in page
    assert "Từ chối tiếp, đã giải thích trực tiếp" in page and "01/TCD" not in page
    form = web.get(f"/vu-viec/{of.code}/tu-choi/{row.pk}/bien-ban/").content.decode()
    assert STORY in form and stage.NAME not in form


def test_wrong_input_keeps_what_was_entered_and_the_right_one_makes_the_paper() -> None:
    of = refused()
    address = f"/vu-viec/{of.case.code}/tu-choi/{of.pk}/bien-ban/"
    web = cast.browser(cast.clerk())
    answer = web.post(address, entered(of, asked="", answer="Tôi có quyền quay phim."))
    assert answer.status_code == 422 and NO_REQUEST in answer.content.decode()
    assert "Tôi có quyền quay phim." in answer.content.decode()
    answer = web.post(address, entered(of), follow=True)
    assert answer.status_code == 200 and "Ghi lại biên bản" in answer.content.decode()
    again = web.post(address, entered(of, place="Phòng tiếp số 9"))
    assert again.status_code == 409 and "thay đổi lúc" in again.content.decode()
    assert "Phòng tiếp số 9" in again.content.decode() and Violation.objects.get().place == "Phòng tiếp số 1"


def test_a_refusal_that_is_no_breach_has_no_record() -> None:
    of = refused("N4.g")
    web = cast.browser(cast.clerk())
    assert web.get(f"/vu-viec/{of.case.code}/tu-choi/{of.pk}/bien-ban/").status_code == 404
    assert "Lập biên bản vi phạm" not in web.get(f"/vu-viec/{of.case.code}/tu-choi/{of.pk}/").content.decode()


def test_facts_are_tidied() -> None:
    of = refused()
    row = actions.record(of, replace(facts(of), place="  Phòng 1 "), seen="", by=cast.clerk(), at=NOW)
    assert row.place == "Phòng 1"
