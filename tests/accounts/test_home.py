"""«Việc của tôi hôm nay», «Chờ phê duyệt» and «Ủy quyền»."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tiepdan.accounts import menu, tasks
from tiepdan.accounts.actions import delegations as actions
from tiepdan.accounts.actions.snooze import Until, moment, snooze
from tiepdan.accounts.models import Delegation, Person, Post, Snooze
from tiepdan.accounts.queries import authority, decides_for, deciding_ids
from tiepdan.accounts.rules import Role
from tiepdan.accounts.tasks import Task, Upcoming
from tiepdan.audit.models import Entry
from tiepdan.audit.sentences import line
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused

pytestmark = pytest.mark.django_db
HOME = "/viec-cua-toi/"
NOW = datetime(2026, 12, 7, 3, 0, tzinfo=UTC)
TODAY = date(2026, 12, 7)
DAY = timedelta(days=1)
LAW = "khoản 1 Điều 23 NĐ 154/2026"
Hang = Callable[..., None]


@pytest.fixture
def hang(monkeypatch: pytest.MonkeyPatch) -> Hang:
    """Puts tasks on the desk of whoever looks; the house's own finders are away."""
    for name in ("_finders", "_upcoming", "_counts"):
        monkeypatch.setattr(tasks, name, [])

    def put(*rows: Task) -> None:
        tasks.add_tasks(lambda person, now: rows)

    return put


def task(key: str, verb: str, **more: Any) -> Task:
    return Task(key=key, subject=f"Về {key}", verb=verb, address=f"/o-day/{key}/", **more)


def home(person: Person | None = None) -> str:
    return cast.browser(person or cast.clerk()).get(HOME).content.decode()


def test_staff_land_here_and_strangers_do_not() -> None:
    assert cast.browser(cast.chair()).get("/")["Location"] == HOME
    for address in (HOME, f"{HOME}danh-sach/", "/phe-duyet/", "/uy-quyen/"):
        assert Client().get(address)["Location"] == f"/dang-nhap/?next={address}"


def test_what_is_late_stands_first_each_row_with_its_button(hang: Hang) -> None:
    today = timezone.localdate()
    hang(
        task("xa", "Việc còn xa", due=today + 30 * DAY),
        task("tuan", "Việc trong tuần", due=today + 3 * DAY),
        task("nay", "Việc hôm nay", due=today),
        task("tre", "Việc trễ", due=today - DAY, citation=LAW),
        task("moi", "Việc mới đổi", changed_at=timezone.now()),
        task("mo", "Việc chưa có hạn"),
    )
    text = home()
    order = ["Quá hạn", "Việc trễ", "Hạn hôm nay", "Việc hôm nay", "Trong 7 ngày", "Việc trong tuần"]
    order += ["Vừa thay đổi", "Việc mới đổi", "Sau 7 ngày", "Việc còn xa", "Chưa có hạn", "Việc chưa có hạn"]
    main = text[text.index('id="tasks"') :]
    places = [main.index(words) for words in order]
    assert places == sorted(places)
    assert "/o-day/tre/" in main and LAW in main and "Làm ngay" in main
    assert 'hx-trigger="every 60s"' in text
    assert "Hôm nay không có việc đến hạn." not in text


def test_a_calm_day_names_the_next_reception(hang: Hang) -> None:
    text = home()
    assert "Hôm nay không có việc đến hạn." in text
    at = timezone.now() + timedelta(days=2, hours=3, minutes=5)
    tasks.add_upcoming(
        lambda person, now: [Upcoming("BT-2026-012", at, "Trụ sở", "Người chủ trì", "/buoi-tiep/x/", "Mở buổi tiếp")]
    )
    tasks.add_counts(lambda person, now: ["Đã tiếp 0/1 ngày trong tháng."])
    text = home()
    for words in ("Buổi tiếp gần nhất:", "còn 2 ngày 3 giờ", "Mở buổi tiếp", "Vai trò: Người chủ trì", "Đã tiếp 0/1"):
        assert words in text
    fragment = cast.browser(cast.clerk()).get(f"{HOME}danh-sach/").content.decode()
    assert "Mở buổi tiếp" in fragment and "<html" not in fragment


def test_the_list_is_replaced_only_when_something_changed(hang: Hang) -> None:
    hang(task("nay", "Việc hôm nay", due=timezone.localdate()))
    client = cast.browser(cast.clerk())
    again = re.findall(r'hx-get="([^"]+danh-sach[^"]+)"', client.get(HOME).content.decode())[0]
    assert client.get(again).status_code == 204
    hang(task("moi", "Việc mới"))
    answer = client.get(again)
    assert answer.status_code == 200 and "Việc mới" in answer.content.decode()


def test_a_row_can_wait_until_later(hang: Hang) -> None:
    hang(task("nay", "Việc hôm nay", due=timezone.localdate()))
    client = cast.browser(cast.clerk())
    assert client.post(f"{HOME}nhac-lai/", {"key": "nay", "until": "hour"})["Location"] == HOME
    text = client.get(HOME).content.decode()
    assert "Việc hôm nay" not in text and "1 việc đang tạm ẩn." in text
    assert "Việc hôm nay" in home(cast.chair())  # hidden from one desk only
    client.post(f"{HOME}hien-lai/")
    assert "Việc hôm nay" in client.get(HOME).content.decode()
    client.post(f"{HOME}nhac-lai/", {"key": "nay", "until": "morning"})
    Snooze.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert "Việc hôm nay" in client.get(HOME).content.decode()
    assert client.post(f"{HOME}nhac-lai/", {"key": "khac", "until": "hour"}).status_code == 404
    assert client.post(f"{HOME}nhac-lai/", {"key": "nay", "until": "mai-mai"}).status_code == 404
    assert set(Entry.objects.values_list("event", flat=True)) == {"task.snoozed", "task.woken"}
    told = line(Entry.objects.filter(event="task.snoozed").latest("pk"))
    assert [name for name, _ in told.facts] == ["việc", "đến lúc"], told.facts


def test_what_is_late_by_law_cannot_be_hidden_and_comes_back(hang: Hang) -> None:
    late = task("tre", "Việc trễ", due=timezone.localdate() - DAY, citation=LAW)
    hang(late)
    client = cast.browser(cast.clerk())
    answer = client.post(f"{HOME}nhac-lai/", {"key": "tre", "until": "hour"})
    assert answer.status_code == 409 and "Không thể ẩn việc đã quá hạn theo luật." in answer.content.decode()
    Snooze.objects.create(person=cast.clerk(), key="tre", until=timezone.now() + DAY)  # hidden while it was in time
    assert "Việc trễ" in client.get(HOME).content.decode()


def test_an_own_date_may_be_hidden_when_late(hang: Hang) -> None:
    late = task("tre", "Việc trễ", due=TODAY - DAY)
    assert snooze(cast.clerk(), late, Until.HOUR, at=NOW).until == NOW + timedelta(hours=1)


def test_tomorrow_morning_is_seven_in_vietnam() -> None:
    assert moment(Until.MORNING, NOW) == datetime(2026, 12, 8, 0, 0, tzinfo=UTC)
    assert moment(Until.MORNING, datetime(2026, 12, 7, 18, 0, tzinfo=UTC)) == datetime(2026, 12, 9, 0, 0, tzinfo=UTC)


def test_queries_of_the_first_page(hang: Hang, django_assert_max_num_queries: Any) -> None:
    hang(*(task(f"v{number}", "Việc", due=timezone.localdate() + DAY, citation=LAW) for number in range(100)))
    client = cast.browser(cast.clerk())
    with django_assert_max_num_queries(12):
        client.get(HOME)


# --- approvals -----------------------------------------------------------------------------------------------------


def test_decisions_are_for_those_who_may_decide(hang: Hang) -> None:
    hang(task("duyet", "Duyệt kế hoạch", is_decision=True), task("khac", "Việc khác"))
    text = cast.browser(cast.approver()).get("/phe-duyet/").content.decode()
    assert "Duyệt kế hoạch" in text and "Việc khác" not in text and "/uy-quyen/" in text
    assert cast.browser(cast.chair()).get("/phe-duyet/").status_code == 200
    for person in (cast.clerk(), cast.admin(), cast.inspector()):
        assert cast.browser(person).get("/phe-duyet/").status_code == 403


def test_an_empty_desk_of_the_approver(hang: Hang) -> None:
    assert "Không có nội dung chờ phê duyệt." in cast.browser(cast.approver()).get("/phe-duyet/").content.decode()


# --- delegation ----------------------------------------------------------------------------------------------------


def delegate(**more: Any) -> Delegation:
    facts: dict[str, Any] = {
        "agency": cast.province(),
        "giver": cast.approver(),
        "receiver": cast.clerk(),
        "valid_from": TODAY,
        "valid_to": TODAY + 2 * DAY,
        "at": NOW,
    }
    return actions.delegate(**{**facts, **more})


def test_a_delegation_lends_the_right_for_its_days_and_names_both() -> None:
    row = delegate(reason="đi công tác")
    clerk, province = cast.clerk(), cast.province()
    for day, lent in [(TODAY - DAY, False), (TODAY, True), (TODAY + 2 * DAY, True), (TODAY + 3 * DAY, False)]:
        right = authority(clerk, province, day)
        assert (right is not None) == lent == (decides_for(clerk, day) == [province])
        assert right is None or (right.person, right.on_behalf_of) == (clerk, cast.approver())
    own = authority(cast.approver(), province, TODAY)
    assert own is not None and own.on_behalf_of is None
    entry = Entry.objects.get()
    assert (entry.event, entry.facts["from_day"]) == ("delegation.made", "2026-12-07")
    actions.withdraw(row, by=cast.approver(), at=NOW)
    assert authority(clerk, province, TODAY) is None and decides_for(clerk, TODAY) == []
    with pytest.raises(Refused, match="đã được thu hồi"):
        actions.withdraw(row, by=cast.approver(), at=NOW)


def test_a_delegation_ends_with_either_post() -> None:
    delegate()
    Post.objects.filter(person=cast.approver()).update(valid_to=TODAY)
    assert authority(cast.clerk(), cast.province(), TODAY)
    assert authority(cast.clerk(), cast.province(), TODAY + DAY) is None
    Post.objects.filter(person=cast.clerk()).update(valid_to=TODAY - DAY)
    assert authority(cast.clerk(), cast.province(), TODAY) is None


@pytest.mark.parametrize(
    ("change", "problem", "words"),
    [
        ({"giver": cast.clerk, "receiver": cast.chair}, Forbidden, "Chỉ lãnh đạo, người chủ trì"),
        ({"receiver": cast.approver}, Invalid, "cho chính mình"),
        ({"valid_to": TODAY - DAY}, Invalid, "phải sau ngày bắt đầu"),
        ({"valid_from": TODAY - DAY}, Invalid, "lùi ngày"),
        ({"receiver": cast.outsider}, Refused, "không giữ vị trí công tác nào"),
    ],
)
def test_what_is_not_delegated(change: dict[str, Any], problem: type[Refused], words: str) -> None:
    facts = {name: value() if callable(value) else value for name, value in change.items()}
    with pytest.raises(problem, match=words):
        delegate(**facts)
    assert not Delegation.objects.exists()


def test_one_day_is_not_lent_twice_and_not_passed_on() -> None:
    delegate()
    with pytest.raises(Refused, match="Bạn đã ủy quyền cho Phạm Thị Hoa từ 07/12/2026 đến 09/12/2026"):
        delegate(receiver=cast.secretary(), valid_from=TODAY + 2 * DAY, valid_to=TODAY + 5 * DAY)
    delegate(receiver=cast.secretary(), valid_from=TODAY + 3 * DAY, valid_to=TODAY + 5 * DAY)
    with pytest.raises(Forbidden):
        delegate(giver=cast.clerk(), receiver=cast.secretary())


def test_delegating_and_withdrawing_on_the_page(hang: Hang) -> None:
    clerk, client = cast.clerk(), cast.browser(cast.approver())
    today = timezone.localdate()
    facts = {"agency": cast.province().pk, "receiver": clerk.pk, "valid_from": today, "valid_to": today - DAY}
    answer = client.post("/uy-quyen/", facts)
    assert answer.status_code == 422 and "phải sau ngày bắt đầu" in answer.content.decode()
    assert client.post("/uy-quyen/", {**facts, "receiver": cast.outsider().pk}).status_code == 422
    assert client.post("/uy-quyen/", {**facts, "valid_to": today})["Location"] == "/uy-quyen/"
    row = Delegation.objects.get()
    assert "Đang có hiệu lực" in client.get("/uy-quyen/").content.decode()
    theirs = cast.browser(clerk)
    assert "ủy quyền phê duyệt tại UBND tỉnh Minh Châu" in theirs.get(HOME).content.decode()
    assert theirs.get("/phe-duyet/").status_code == 200
    assert theirs.get("/uy-quyen/").status_code == 403
    assert theirs.post(f"/uy-quyen/{row.pk}/thu-hoi/").status_code == 404
    assert client.post(f"/uy-quyen/{row.pk}/thu-hoi/").status_code == 302
    assert "Đã thu hồi" in client.get("/uy-quyen/").content.decode()
    assert theirs.get("/phe-duyet/").status_code == 403


def test_asking_for_authority_costs_few_queries(django_assert_num_queries: Any) -> None:
    for number in range(5):
        who = cast.person(f"lanh-dao-{number}", f"Lãnh Đạo {number}", Role.APPROVER)
        delegate(giver=who)
    clerk, approver, province = cast.clerk(), cast.approver(), cast.province()
    with django_assert_num_queries(1):
        assert authority(approver, province, TODAY)
    with django_assert_num_queries(3):  # of a delegation that still holds
        assert authority(clerk, province, TODAY)
    with django_assert_num_queries(4):  # posts, delegations, what was merged into their agencies
        assert deciding_ids(clerk, TODAY) == {province.pk}


def test_cards_of_administration(monkeypatch: pytest.MonkeyPatch) -> None:
    menu_pages = list(menu._admin_pages)
    monkeypatch.setattr(menu, "_admin_pages", menu_pages)
    menu.add_admin_page("Chỉ thanh tra", "/o-dau/", "Không phải của quản trị.", {Role.INSPECTOR})
    text = cast.browser(cast.admin()).get("/quan-tri/").content.decode()
    for words in ("Cơ quan", "Người dùng", "Nhật ký", "Nhập từ Excel"):
        assert words in text
    assert "Chỉ thanh tra" not in text
    assert cast.browser(cast.inspector()).get("/quan-tri/").status_code == 403
