"""«Đặt lại MFA»: two administrators, never one, never oneself; or whoever keeps the server (S39)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.test import Client

from tests import cast
from tests.factor_cast import NOW, app_code, enrolled, password_given
from tiepdan.accounts.models import Attempts, Person, Post
from tiepdan.accounts.models_factor import FactorReset
from tiepdan.accounts.rules import Reset, Role
from tiepdan.audit.models import Entry

pytestmark = pytest.mark.django_db
REASON = {"reason": "Rơi điện thoại, mất cả giấy"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


def second() -> Person:
    return cast.person("quan-tri-2", "Quản Trị Hai", Role.ADMIN)


def commune_admin() -> Person:
    return cast.person("quan-tri-xa", "Quản Trị Xã", Role.ADMIN, cast.commune())


def page(person: Person) -> str:
    return f"/quan-tri/nguoi-dung/{person.pk}/"


def ask(admin: Person, person: Person, **more: str) -> Any:
    return cast.browser(admin).post(f"{page(person)}dat-lai-mfa/", {**REASON, **more})


def confirm(admin: Person, person: Person) -> Any:
    return cast.browser(admin).post(f"{page(person)}dat-lai-mfa/xac-nhan/")


def drop(admin: Person, person: Person) -> Any:
    return cast.browser(admin).post(f"{page(person)}dat-lai-mfa/bo/")


def lost() -> Person:
    clerk = cast.clerk()
    enrolled(clerk)
    return clerk


def has_factor(person: Person) -> bool:
    return Person.objects.get(pk=person.pk).factor_at is not None


def test_one_asks_another_confirms_and_the_person_is_told() -> None:
    clerk, admin, other = lost(), cast.admin(), second()
    theirs = cast.browser(clerk)
    assert ask(admin, clerk).status_code == 302
    asked = cast.browser(admin).get(page(clerk)).content.decode()
    assert "disabled" in asked.partition("Xác nhận đặt lại MFA")[0].rpartition("<button")[2]
    assert "Bạn là người đề nghị; cần quản trị viên thứ hai." in asked
    todo = "Hoàng Gia Khánh đề nghị đặt lại MFA của Phạm Thị Hoa"
    assert todo in cast.browser(other).get("/viec-cua-toi/").content.decode()
    assert todo not in cast.browser(admin).get("/viec-cua-toi/").content.decode()
    assert has_factor(clerk)

    assert confirm(other, clerk).status_code == 302
    assert not has_factor(clerk) and get_user(theirs).is_anonymous
    again = Client()
    assert password_given(again, clerk).status_code == 302
    told = again.get("/thong-bao/").content.decode()
    assert "Đặt lại MFA" in told and "Đề nghị đặt lại MFA" in told
    row = FactorReset.objects.get()
    assert (row.state, row.asked_by, row.answered_by) == (Reset.DONE, admin, other)
    entries = Entry.objects.filter(event__startswith="factor.reset").order_by("id")
    assert [(one.event, one.by, one.agency) for one in entries] == [
        ("factor.reset_asked", admin, cast.province()),
        ("factor.reset", other, cast.province()),
    ]
    assert entries[1].facts == {"asked_by": str(admin), "reason": REASON["reason"]}


def test_who_asked_does_not_confirm_and_nobody_resets_their_own() -> None:
    clerk, admin, other = lost(), cast.admin(), second()
    enrolled(admin)
    ask(admin, clerk)
    answer = confirm(admin, clerk)
    assert answer.status_code == 403 and "Bạn là người đề nghị" in answer.content.decode()
    assert "không tự đặt lại" in ask(admin, admin).content.decode()
    ask(other, admin)
    assert confirm(admin, admin).status_code == 403
    assert has_factor(clerk) and has_factor(admin)


def test_nothing_to_ask_for_or_to_confirm() -> None:
    clerk, admin, other = cast.clerk(), cast.admin(), second()
    assert "chưa bật xác thực hai lớp" in ask(admin, clerk).content.decode()
    assert confirm(other, clerk).status_code == 409
    enrolled(clerk)
    assert "Chưa nhập lý do." in ask(admin, clerk, reason="").content.decode()
    ask(admin, clerk)
    assert "Đã có đề nghị" in ask(other, clerk).content.decode()
    assert drop(admin, clerk).status_code == 302
    assert confirm(other, clerk).status_code == 409 and has_factor(clerk)
    assert FactorReset.objects.get().state == Reset.DROPPED


def test_a_request_holds_three_days(clock: time_machine.Coordinates) -> None:
    clerk, admin, other = lost(), cast.admin(), second()
    ask(admin, clerk)
    clock.shift(timedelta(days=3))
    answer = confirm(other, clerk)
    assert answer.status_code == 409 and "mỗi đề nghị có hiệu lực 3 ngày" in answer.content.decode()
    assert ask(other, clerk).status_code == 302  # makes room for a new one
    assert confirm(admin, clerk).status_code == 302 and not has_factor(clerk)


def test_both_must_govern_the_account() -> None:
    clerk, admin, other = lost(), cast.admin(), second()
    for stranger in (commune_admin(), cast.outsider(Role.ADMIN)):
        assert ask(stranger, clerk).status_code == 404
    ask(admin, clerk)
    for stranger in (commune_admin(), cast.outsider(Role.ADMIN)):
        assert confirm(stranger, clerk).status_code == drop(stranger, clerk).status_code == 404
    Post.objects.filter(person=admin).update(valid_to=(NOW - timedelta(days=2)).date())
    answer = confirm(other, clerk)
    assert answer.status_code == 409 and "không còn quyền quản trị" in answer.content.decode()
    assert has_factor(clerk)
    both = cast.person("hai-noi", "Làm Hai Nơi", Role.CLERK, cast.commune())
    cast.post(both, Role.CLERK)
    enrolled(both)
    assert ask(commune_admin(), both).status_code == 403  # works in the higher office too


def test_a_reset_ends_the_lock_of_wrong_codes() -> None:
    clerk = lost()
    for _ in range(5):
        client = Client()
        password_given(client, clerk)
        client.post("/dang-nhap/ma/", {"factor_code": "000000"})
    assert Attempts.objects.filter(key="code:can-bo").exists()
    ask(cast.admin(), clerk)
    confirm(second(), clerk)
    assert not Attempts.objects.filter(key="code:can-bo").exists()


def test_a_lock_of_wrong_codes_is_shown_and_an_administrator_lets_in_at_once() -> None:
    clerk, admin = lost(), cast.browser(cast.admin())
    client = Client()
    password_given(client, clerk)
    for _ in range(5):
        client.post("/dang-nhap/ma/", {"factor_code": "000000"})
    listed = admin.get("/quan-tri/nguoi-dung/").content.decode()
    assert clerk.full_name in listed.partition("vì nhập sai mật khẩu hoặc mã xác thực:")[2].partition("</p>")[0]
    assert "Cho đăng nhập ngay" in admin.get(page(clerk)).content.decode()
    assert admin.post(f"{page(clerk)}mo-tam-khoa/").status_code == 302
    assert client.post("/dang-nhap/ma/", {"factor_code": app_code(NOW)}).status_code == 302
    assert admin.post(f"{page(clerk)}mo-tam-khoa/").status_code == 409


def test_who_keeps_the_server_gives_up_a_lost_one(capsys: Any) -> None:
    clerk = lost()
    ask(cast.admin(), clerk)
    call_command("factor_off", "can-bo", reason="Cả hai quản trị viên vắng")
    assert not has_factor(clerk) and FactorReset.objects.get().state == Reset.DONE
    entry = Entry.objects.get(event="factor.reset")
    assert entry.by is None and entry.by_label == "Người giữ máy chủ (lệnh factor_off)"
    for name, reason in (("can-bo", "x"), ("khong-ai", "x")):
        with pytest.raises(CommandError):
            call_command("factor_off", name, reason=reason)
    clerk.refresh_from_db()
    enrolled(clerk)
    with pytest.raises(CommandError, match="Chưa ghi lý do"):
        call_command("factor_off", "can-bo", reason=" ")
    assert has_factor(clerk)
