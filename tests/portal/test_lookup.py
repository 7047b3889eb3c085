"""«Tra cứu kết quả» (S37): where a case stands, for who has the slip and knows the digits; nothing for anybody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localdate

from tests import case_cast, cast
from tests import schedule_cast as stage
from tests.portal.lookup_cast import CODE, DIGITS, PLACE, ask, case, planned, words
from tiepdan.audit.models import Entry
from tiepdan.cases import papers
from tiepdan.cases.models import Case, Handing, Petitioner, Refusal
from tiepdan.cases.rules import Paper, RefusalState, Standing, State
from tiepdan.documents.models import Document
from tiepdan.kernel.text import fold
from tiepdan.portal.rules import NOT_FOUND
from tiepdan.receptions.actions import publication, schedule

pytestmark = pytest.mark.django_db


def here(answer: Any) -> str:
    """The step at which the page says the case is."""
    text = words(answer)
    assert "Vụ việc đang ở bước: " in text, text
    step = answer.content.decode().split('aria-current="step"')[1].split('class="step-label">')[1].split("<")[0]
    assert f"Vụ việc đang ở bước: {step}" in text
    return str(step)


# -- the way of a case

WAY = [
    (State.RECEIVED, "Đã tiếp nhận"),
    (State.SCREENING, "Đang xem xét"),
    (State.INCOMPLETE, "Đang xem xét"),
    (State.PROPOSED, "Đang xem xét"),
    (State.RETURNED, "Đang xem xét"),
    (State.DECLINED, "Đang xem xét"),
    (State.APPROVED, "Đang xem xét"),
    (State.PLANNED, "Đang xem xét"),  # not published yet
    (State.HEARD, "Đã tiếp"),
    (State.CONCLUDED, "Có thông báo kết luận"),
    (State.CLOSED, "Đã có kết quả"),
    (State.REFUSED, "Đã giải thích, từ chối tiếp"),
    (State.GUIDED, "Đã hướng dẫn"),
    (State.TRANSFERRED, "Đã chuyển đơn"),
]


@pytest.mark.parametrize(("state", "step"), WAY, ids=[state.value for state, _ in WAY])
def test_every_state_has_a_step(state: State, step: str) -> None:
    case(state=state)
    answer = ask()
    assert answer.status_code == 200 and here(answer) == step


def test_every_state_of_a_case_is_known() -> None:
    assert {state for state, _ in WAY} == set(State)


def test_a_notice_of_refusal_is_told() -> None:
    """J2, step 3."""
    of = case(state=State.REFUSED)
    facts = {"agency": of.agency, "kind": "refusal", "title": "01/TCD", "about_kind": "cases.refusal", "about_id": "1"}
    paper = Document.objects.create(**facts, created_at=timezone.now(), created_by=cast.clerk())
    _refusal(of, document=paper)
    assert here(ask()) == "Đã có thông báo từ chối"
    Case.objects.update(state=State.CLOSED)
    assert here(ask()) == "Đã có thông báo từ chối"


def _refusal(of: Case, **fields: Any) -> Refusal:
    now = timezone.now()
    facts = {"code": "L9.3", "reason": "Lời kể riêng", "grounds_on": localdate(now), "state": RefusalState.DONE}
    return Refusal.objects.create(case=of, made_at=now, made_by=cast.clerk(), **{**facts, **fields})


@pytest.mark.parametrize(("kind", "step"), [("guide", "Đã hướng dẫn"), ("transfer", "Đã chuyển đơn")])
def test_a_case_that_was_closed_after_a_side_way_stays_on_it(kind: str, step: str) -> None:
    of = case(state=State.CLOSED)
    Handing.objects.create(case=of, kind=kind, to_name="Công an tỉnh", made_at=timezone.now(), made_by=cast.clerk())
    answer = ask()
    assert here(answer) == step and "Công an" not in words(answer)


def test_a_draft_of_a_refusal_is_nobodys_business() -> None:
    _refusal(case(state=State.SCREENING), state=RefusalState.SUBMITTED)
    assert here(ask()) == "Đang xem xét" and "từ chối" not in words(ask())


def test_day_and_hall_are_told_once_published() -> None:
    of = planned()
    assert here(ask()) == "Đang xem xét" and of.code not in words(ask())
    publication.publish(of, by=cast.clerk(), at=timezone.now())
    text = words(answer := ask())
    assert here(answer) == "Đã xếp lịch" and of.code in text
    assert f"{of.starts_at:%d/%m/%Y}, điểm cầu Xã Thanh Lộc" in text and "Trụ sở UBND xã Thanh Lộc" in text


def test_a_postponed_and_a_cancelled_reception() -> None:
    of = planned()
    publication.publish(of, by=cast.clerk(), at=timezone.now())
    later = localdate(of.starts_at) + timedelta(days=7)
    schedule.postpone(stage.fresh(of), "Bão số 9.", later, by=cast.clerk(), at=timezone.now())
    text = words(answer := ask())
    assert here(answer) == "Đã xếp lịch" and "hoãn, dự kiến" in text and f"{later:%d/%m/%Y}" in text
    assert "Bão số 9." in text


# -- what is owed, and by whom


def test_the_next_date_of_the_law_stands_with_its_article() -> None:
    case()
    text = words(ask())
    assert "Trả lời công dân: chậm nhất" in text and "Điều 28" in text and "Đã quá hạn" not in text


def test_a_late_date_is_called_late() -> None:
    case(received_on=localdate(timezone.now()) - timedelta(days=60))
    assert "Đã quá hạn." in words(ask())


def test_who_was_transferred_is_owed_the_result() -> None:
    of = case(state=State.TRANSFERRED, answered_at=timezone.now())
    due = localdate(timezone.now()) + timedelta(days=5)
    Handing.objects.create(
        case=of, kind="transfer", wants_result=True, citizen_due=due, made_at=timezone.now(), made_by=cast.clerk()
    )
    text = words(ask())
    assert f"{due:%d/%m/%Y}" in text and "khoản 2 Điều 28 Luật Tiếp công dân" in text


def test_the_office_to_call_is_named_after_a_merger_too() -> None:
    case()
    heir = cast.elsewhere()
    heir.phone = "0299 111 222"
    heir.save()
    old = cast.province()
    old.valid_to, old.successor = localdate(timezone.now()) - timedelta(days=1), heir
    old.save()
    text = words(ask())
    assert f"Bộ phận tiếp công dân, {heir.name}" in text and "0299 111 222" in text


# -- nothing about anybody


def test_the_answer_holds_no_name_and_no_content() -> None:
    of = planned()
    publication.publish(of, by=cast.clerk(), at=timezone.now())
    Case.objects.update(content="Lời kể riêng", access_needs="Đi xe lăn", summary="Tóm tắt riêng")
    row = Case.objects.get()
    secrets = [
        *stage.PEOPLE,
        stage.ADDRESS,
        stage.PAPER,
        stage.MOBILE,
        "Lời kể riêng",
        "Đi xe lăn",
        "Tóm tắt riêng",
        row.code,
        cast.clerk().full_name,
        cast.chair().full_name,
        DIGITS,
    ]
    body = ask().content.decode()
    assert [secret for secret in secrets if secret in body or fold(secret) in fold(body)] == []


def test_of_a_protected_denouncer_there_is_nothing() -> None:
    case(kind="denunciation", is_protected=True)
    told = ask()
    assert told.status_code == 422 and NOT_FOUND in words(told)


def test_wrong_code_wrong_digits_and_a_protected_case_are_the_same_answer_after_the_same_work() -> None:
    """Not to be told apart by the words, nor by what the database was asked (time)."""
    case()
    case("VV-2026-0042", lookup="CDFG-HJKM", kind="denunciation", is_protected=True)
    seen = []
    for number, (code, digits) in enumerate([("HJKM-3677", DIGITS), (CODE, "0000"), ("CDFG-HJKM", DIGITS)]):
        with CaptureQueriesContext(connection) as queries:
            answer = ask(code, digits, REMOTE_ADDR=f"10.0.0.{number}")
        text = words(answer).replace(code, "").replace(digits, "")
        seen.append(
            (answer.status_code, text, [one["sql"].split(" WHERE ")[0].split(' "s')[0][:60] for one in queries])
        )
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0] == 422 and NOT_FOUND in seen[0][1]


# -- whose digits

PEOPLE = [
    ("who petitions", {"is_main": True}, True),
    ("who represents the group", {"is_representative": True}, True),
    ("who speaks by authorization", {"standing": Standing.PROXY}, True),
    ("one of the group", {}, False),
]


@pytest.mark.parametrize(("fields", "may"), [row[1:] for row in PEOPLE], ids=[row[0] for row in PEOPLE])
def test_whose_digits_open_a_case(fields: dict[str, Any], may: bool) -> None:
    of = case()
    of.petitioners.update(is_main=False, paper_number="036085999999")
    case_cast.petitioner(of, "Người Thứ Hai", number="036085004321", **fields)
    assert (ask(digits="4321").status_code == 200) is may


def test_without_a_paper_the_telephone_opens_it_until_the_paper_is_brought() -> None:
    of = case()
    late = {"paper": Paper.LATER, "paper_number": "", "paper_missing_reason": "Quên", "phone": "0912 345 678"}
    of.petitioners.update(**late)
    assert ask(digits="5678").status_code == 200
    of.petitioners.update(paper=Paper.CITIZEN_ID, paper_number=case_cast.NUMBER)
    assert ask(digits="5678").status_code == 422 and ask(digits=DIGITS).status_code == 200


def test_with_neither_paper_nor_telephone_nothing_opens_it() -> None:
    of = case()
    of.petitioners.update(paper=Paper.LATER, paper_number="", phone="")
    assert ask(digits="0000").status_code == 422


# -- no cookie, no session, no script, no cache


@pytest.mark.parametrize("signed_in", [False, True])
def test_looking_up_sets_no_cookie_reads_no_session_and_is_kept_nowhere(signed_in: bool) -> None:
    case()
    browser = cast.browser(cast.clerk()) if signed_in else Client(enforce_csrf_checks=True)
    sessions = Session.objects.count()
    for answer in (browser.get(PLACE), ask(client=browser), ask(digits="0000", client=browser)):
        assert not answer.cookies and "Set-Cookie" not in answer.headers
        assert not answer.wsgi_request.session.accessed
        assert answer["Cache-Control"] == "private, no-store" and answer["X-Robots-Tag"] == "noindex"
        assert "<script" not in answer.content.decode() and "csrf" not in answer.content.decode().lower()
    assert Session.objects.count() == sessions


def test_the_empty_page_shows_where_the_code_stands() -> None:
    body = Client().get(PLACE).content.decode()
    assert "<svg" in body and "khoanh tròn" in body and 'class="ring"' in body and "style=" not in body


def test_large_type_stays_through_the_form() -> None:
    case()
    body = Client().get(f"{PLACE}?chu=lon").content.decode()
    assert 'action="/tra-cuu/?chu=lon"' in body
    assert "portal-large" in ask(place=f"{PLACE}?chu=lon").content.decode()


def test_the_menu_leads_there() -> None:
    body = Client().get("/cong-khai/").content.decode()
    assert 'href="/tra-cuu/"' in body and 'href="/tra-cuu/diem-cau/"' in body


# -- in the log


def test_a_look_up_is_written_into_the_story_of_the_case_once_an_hour() -> None:
    of = case()
    for _ in range(3):
        ask()
    ask(REMOTE_ADDR="10.0.0.9")
    rows = Entry.objects.filter(event="case.looked_up", about_id=str(of.pk)).order_by("pk")
    assert [(row.agency_id, row.facts) for row in rows] == [
        (of.agency_id, {"address": "127.0.0.1"}),
        (of.agency_id, {"address": "10.0.0.9"}),
    ]


# -- the slip


def slip(of: Case) -> str:
    return words(cast.browser(cast.clerk()).get(f"/vu-viec/{of.code}/phieu/"))


def test_the_slip_says_what_opens_the_case() -> None:
    of = case()
    assert "/tra-cuu/, nhập mã tra cứu và 4 số cuối giấy tờ tùy thân." in slip(of)
    Petitioner.objects.update(paper=Paper.LATER, paper_number="")
    assert "4 số cuối số điện thoại đã khai (chưa có số giấy tờ)." in slip(of)
    Petitioner.objects.update(phone="")
    assert "chưa tra cứu được trên mạng" in slip(of)


def test_the_slip_of_a_protected_denouncer_does_not_say_why() -> None:
    text = slip(case(kind="denunciation", is_protected=True))
    assert "không tra cứu trên mạng" in text and "bí mật" not in text and "bảo vệ" not in text


@pytest.mark.parametrize(("fields", "code"), [({}, CODE), ({"kind": "denunciation", "is_protected": True}, "")])
def test_the_receipt_carries_the_code(fields: dict[str, Any], code: str) -> None:
    of = case(**fields)
    now = timezone.now()
    row = of.receipts.create(giver=of.petitioners.get(), number=1, place="Trụ sở", made_at=now, made_by=cast.clerk())
    assert papers.facts(papers.load(str(row.pk)), "", now)["ma_tra_cuu"] == code
