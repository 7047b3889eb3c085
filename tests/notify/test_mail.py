"""Letters through a real mail server: good, refusing, slow, and breaking off when it matters most."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import cast
from tests.engine import eventually
from tests.notify.conftest import configure
from tests.notify.letters import NOW, draft, events, fresh, later, queued, run
from tests.notify.servers import Post, closed_port, post, silent
from tiepdan.accounts.models import Agency
from tiepdan.files.actions import keep
from tiepdan.notify import actions, sending
from tiepdan.notify.models import Delivery
from tiepdan.notify.sending import LEASE

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db


def test_a_letter_leaves_with_its_files_its_link_and_its_message_id(office: Post) -> None:
    paper = keep(b"%PDF-1.7 giay moi", agency=cast.province(), by=None, at=NOW, name="Giấy mời 05-GM.pdf")
    row = queued(files=[paper], wants_answer=True)
    run()
    row = fresh(row)
    assert (row.state, row.sent_at, row.sending_at, row.due_at, row.problem) == ("sent", NOW, None, None, "")
    (message,) = office.messages
    assert office.receivers == ["vanthu1@thanhloc.test"]
    assert message["Message-ID"] == row.message_id and row.message_id.endswith("@minhchau.test>")
    assert message["Subject"] == "Giấy mời dự buổi tiếp công dân BT-2026-012"
    assert "UBND tỉnh Minh Châu" in message["From"] and message["Auto-Submitted"] == "auto-generated"
    body = message.get_body()
    assert body is not None
    text = body.get_content()
    assert "08:30, thứ Năm 17/12/2026" in text and f"https://tiepdan.minhchau.test/nhan/{row.token}/" in text
    (part,) = message.iter_attachments()
    assert part.get_filename() == "Giấy mời 05-GM.pdf" and part.get_content() == b"%PDF-1.7 giay moi"
    assert events() == ["delivery.prepared", "delivery.released", "delivery.sent"]


def test_a_long_subject_keeps_its_spaces_where_the_line_breaks(office: Post) -> None:
    """Python's own folding of a long subject glues the two words together at which it breaks."""
    subjects = [
        f"{'Giấy mời dự buổi tiếp công dân trực tuyến '[at:]}BT-2026-012 đổi thời gian, địa điểm" for at in range(9)
    ]
    for at, subject in enumerate(subjects):
        queued(at, subject=subject)
    run()
    assert sorted(str(message["Subject"]) for message in office.messages) == sorted(one.strip() for one in subjects)


def test_a_draft_and_a_dropped_letter_never_leave(office: Post) -> None:
    draft(1)
    actions.drop(queued(2), by=cast.clerk(), at=NOW)
    run(later(days=1))
    assert office.connections == 0


def test_names_with_signs_of_headers_and_of_pages_stay_in_their_line(office: Post) -> None:
    name = 'Ông Trần & <Bình> 😀, "A"\r\nBcc: ke-gian@x.test'
    Agency.objects.filter(pk=cast.province().pk).update(name="UBND & <tỉnh> 😀, a@b.test\r\nBcc: ke-gian@x.test")
    row = queued(receiver=name, subject="Mời <b>&\r\nBcc: ke-gian@x.test 😀", body=f"Kính gửi {name}")
    run()
    (message,) = office.messages
    assert office.receivers == ["vanthu1@thanhloc.test"] and message["Bcc"] is None
    assert message["Subject"] == "Mời <b>& Bcc: ke-gian@x.test 😀"
    assert [one.addr_spec for one in message["To"].addresses] == ["vanthu1@thanhloc.test"]
    assert [one.addr_spec for one in message["From"].addresses] == ["tiepcongdan@minhchau.test"]
    assert message["From"].addresses[0].display_name == "UBND & tỉnh 😀 a b test Bcc ke-gian x test"
    assert row.receiver == 'Ông Trần & <Bình> 😀, "A" Bcc: ke-gian@x.test'


def test_lines_that_begin_with_a_dot_arrive_whole(office: Post) -> None:
    queued(body="Dòng đầu\n.\n..hai chấm\n.cuối")
    run()
    body = office.messages[0].get_body()
    assert body is not None
    assert body.get_content().splitlines()[:4] == ["Dòng đầu", ".", "..hai chấm", ".cuối"]


@pytest.mark.parametrize(
    ("step", "reply", "reason"),
    [
        ("RCPT", "550 5.1.1 no such user", "hộp thư không tồn tại (550 5.1.1 no such user)"),
        ("RCPT", "552 5.2.2 mailbox full", "hộp thư đã đầy (552 5.2.2 mailbox full)"),
        ("RCPT", "550 nobody here", "hộp thư không tồn tại hoặc không nhận thư (550 nobody here)"),
        ("DATA", "554 5.7.1 looks like spam", "máy chủ nhận từ chối thư (554 5.7.1 looks like spam)"),
        ("MAIL", "552 5.3.4 too big", "thư quá lớn so với mức máy chủ nhận (552 5.3.4 too big)"),
        ("DATA", "571 no", "máy chủ thư không nhận (571 no)"),
    ],
)
def test_what_is_refused_for_good_fails_and_says_what_to_do(settings: Any, step: str, reply: str, reason: str) -> None:
    with post((step, reply)) as office:
        configure(settings, office.port)
        row = queued()
        run()
        run(later(hours=2))
    row = fresh(row)
    assert (row.state, row.due_at, row.sending_at) == ("failed", None, None)
    wanted = f"Gửi không được tới vanthu1@thanhloc.test: {reason}."
    assert row.problem == f"{wanted} Gửi bằng cách khác trước 23:59, thứ Năm 10/12/2026."
    assert office.messages == [] and office.connections == 1 and events()[-1] == "delivery.failed"


def test_an_address_that_is_none_fails_without_a_word_to_the_server(office: Post) -> None:
    row = queued(address="van thu@@thanhloc", deadline=None)
    run()
    wanted = "Gửi không được tới van thu@@thanhloc: địa chỉ thư điện tử viết sai. Gửi bằng cách khác."
    assert (fresh(row).state, fresh(row).problem, office.connections) == ("failed", wanted, 0)


def test_what_is_put_off_is_tried_again_after_one_two_four_seconds(settings: Any) -> None:
    busy = [("RCPT", "450 4.2.0 greylisted")] * 3
    with post(*busy) as office:
        configure(settings, office.port)
        row = queued()
        at = NOW
        for wait in (1, 2, 4):
            run(at)
            assert fresh(row).due_at == at + timedelta(seconds=wait)
            at += timedelta(seconds=wait)
        row = fresh(row)
        assert (row.state, row.failures, row.sending_at, row.is_stuck) == ("queued", 3, None, True)
        assert row.problem == (
            "Chưa gửi được: máy chủ thư hẹn gửi lại sau (450 4.2.0 greylisted). Hệ thống tự gửi lại."
        )
        assert "thanhloc.test" not in row.last_error
        run(at)
        row = fresh(row)
        assert (row.state, row.problem, row.failures, len(office.messages)) == ("sent", "", 0, 1)
        assert office.messages[0]["Message-ID"] == row.message_id


def test_a_mail_server_that_is_down_for_a_day_gets_everything_once_when_it_is_back(settings: Any) -> None:
    configure(settings, closed_port())
    rows = [queued(number) for number in range(1, 6)]
    at = NOW
    tries = 0
    while at < later(days=1):
        tries += run(at)
        at += timedelta(minutes=10)
    assert {fresh(row).state for row in rows} == {"queued"}
    # One letter tries the line, the others wait for it: five letters do not mean five times the knocking.
    assert tries < 2 * 24 * 6
    with post() as office:
        settings.SMTP_PORT = office.port
        run(at)
        run(at + timedelta(minutes=10))
        run(at + timedelta(minutes=20))
    assert sorted(office.receivers) == [f"vanthu{number}@thanhloc.test" for number in range(1, 6)]
    assert {fresh(row).state for row in rows} == {"sent"}


def test_a_server_that_never_speaks_is_given_up_and_tried_again(settings: Any) -> None:
    with silent() as port:
        configure(settings, port)
        settings.SMTP_TIMEOUT = 0.2
        row = queued()
        run()
    row = fresh(row)
    assert (row.state, row.sending_at, row.is_unsure) == ("queued", None, False)
    assert "máy chủ thư không trả lời" in row.problem and row.due_at == later(seconds=1)


def test_a_wrong_certificate_or_missing_encryption_is_named_and_nothing_leaves(office: Post, settings: Any) -> None:
    settings.SMTP_SECURITY = "starttls"
    row = queued()
    run()
    assert "không hỗ trợ kết nối mã hóa" in fresh(row).problem and office.messages == []


@pytest.mark.parametrize("how", ["dropped", "slow"])
def test_when_the_line_breaks_after_the_message_nobody_knows_and_a_person_decides(settings: Any, how: str) -> None:
    with post(*([("DATA", "drop")] if how == "dropped" else []), holds=how == "slow") as office:
        configure(settings, office.port)
        settings.SMTP_PATIENCE = 0.2
        row = queued()
        run()
        row = fresh(row)
        assert (row.state, row.is_unsure, row.due_at) == ("queued", True, None)
        assert row.state_label == "Không rõ đã gửi chưa" and "Hỏi người nhận" in row.problem
        office.go_on.set()
        run(later(days=1))
        assert len(office.messages) == 1  # not again by itself
        assert events()[-1] == "delivery.unsure"
        actions.retry(row, by=cast.clerk(), at=NOW)
        settings.SMTP_PATIENCE = 5
        run()
        first, second = office.messages
        assert first["Message-ID"] == second["Message-ID"]
        assert (fresh(row).state, fresh(row).is_unsure) == ("sent", False)


@pytest.mark.parametrize("answer", ["399 Later perhaps", "250 " + "x" * 9000])
def test_an_answer_that_nobody_understands_leaves_it_open_too(settings: Any, answer: str) -> None:
    """The server has the message; neither «refused» nor «try again» would be true."""
    with post(("DATA", answer)) as office:
        configure(settings, office.port)
        row = queued()
        run()
        assert (fresh(row).state, fresh(row).is_unsure) == ("queued", True)


def test_any_word_of_success_is_one(settings: Any) -> None:
    with post(("DATA", "251 Will forward")) as office:
        configure(settings, office.port)
        row = queued()
        run()
        assert (fresh(row).state, fresh(row).is_unsure) == ("sent", False)


def test_letters_of_vietnam_in_an_address(office: Post) -> None:
    """A domain has a plain form that every server knows; a mailbox has none, and nothing is said to the server."""
    good, bad = queued(1, address="hop.thu@bộ-tư-pháp.vn"), queued(2, address="hộp.thư@thanhloc.vn")
    run()
    assert (fresh(good).state, office.receivers) == ("sent", ["hop.thu@xn--b-t-php-mwa37p164l.vn"])
    assert fresh(bad).state == "failed" and "địa chỉ thư điện tử viết sai" in fresh(bad).problem
    assert len(office.messages) == 1 and office.messages[0]["To"] == "hop.thu@xn--b-t-php-mwa37p164l.vn"


def test_the_receiver_may_say_that_the_doubtful_letter_is_there(settings: Any) -> None:
    with post(("DATA", "drop")) as office:
        configure(settings, office.port)
        row = queued()
        run()
    row = fresh(row)
    actions.confirm_sent(row, by=cast.clerk(), at=later(hours=1))
    row = fresh(row)
    assert (row.state, row.is_unsure, row.sent_at, row.delivered_at) == ("delivered", False, NOW, later(hours=1))


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_the_message_and_its_answer_does_not_make_it_leave_twice(settings: Any) -> None:
    """kill -9 of a real worker while the server holds the message."""
    if connection.vendor != "sqlite":
        pytest.skip("the worker of this test opens the SQLite file")
    with post(holds=True) as office:
        configure(settings, office.port)
        row = queued()
        settings_of_worker = {
            "TIEPDAN_DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            "TIEPDAN_DATA": str(settings.FILES),
            "TIEPDAN_SMTP_HOST": "127.0.0.1",
            "TIEPDAN_SMTP_PORT": str(office.port),
            "TIEPDAN_SMTP_SECURITY": "none",
            "TIEPDAN_SMTP_FROM": settings.SMTP_FROM,
        }
        Delivery.objects.filter(pk=row.pk).update(due_at=NOW - timedelta(days=3650))  # by the real clock
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "worker"], cwd=ROOT, env={**os.environ, **settings_of_worker}
        )
        try:
            assert office.has_message.wait(60)
            eventually(lambda: fresh(row).sending_at is not None)
        finally:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait(10)
        office.go_on.set()
        office.holds = False
        row = fresh(row)
        assert row.state == "queued" and row.due_at is not None
        run(row.due_at + LEASE)
        row = fresh(row)
        assert (row.state, row.is_unsure, len(office.messages)) == ("queued", True, 1)


def test_without_a_mail_server_letters_wait_and_say_so_and_leave_when_there_is_one(settings: Any) -> None:
    settings.SMTP_HOST = ""
    row = queued()
    run()
    row = fresh(row)
    assert row.state == "queued" and row.failures == 0 and row.due_at == later(minutes=10)
    assert row.problem.startswith("Chưa cấu hình máy chủ thư điện tử") and "giao tay" in row.problem
    with post() as office:
        configure(settings, office.port)
        run(later(minutes=10))
    assert (fresh(row).state, fresh(row).problem, len(office.messages)) == ("sent", "", 1)


def test_a_paper_handed_over_while_the_mail_was_under_way_stays_handed_over(settings: Any) -> None:
    with post() as office:
        configure(settings, office.port)
        row = queued()
        actions.hand_over(fresh(row), "bà Mai, văn thư, 9 giờ", None, by=cast.clerk(), at=NOW)
        run()
    assert (fresh(row).state, office.connections) == ("delivered", 0)


@pytest.mark.parametrize(
    "meanwhile",
    [{"state": "dropped"}, {"state": "delivered"}, {"sending_at": NOW}],
    ids=["dropped", "handed over", "taken by another worker"],
)
def test_what_happened_since_the_worker_looked_keeps_the_letter_back(office: Post, meanwhile: dict[str, Any]) -> None:
    row = fresh(queued())
    Delivery.objects.filter(pk=row.pk).update(**meanwhile)
    sending.work(row, later(seconds=5))
    assert office.connections == 0
    assert {name: getattr(fresh(row), name) for name in meanwhile} == meanwhile


def test_the_same_key_is_one_letter(office: Post) -> None:
    row = draft(subject="Bản đầu")
    again = draft(subject="Bản sửa")
    assert again.pk == row.pk and fresh(row).subject == "Bản sửa"
    actions.release([again], by=cast.clerk(), at=NOW)
    run()
    assert draft(subject="Bản sau").subject == "Bản sửa"
    run(later(days=1))
    assert [message["Subject"] for message in office.messages] == ["Bản sửa"]
