"""The running order: computed times, totals, what the law asks of its items, and how it is written (screen S11)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast
from tests import schedule_cast as stage
from tests.reception_cast import events
from tests.schedule_cast import NOW
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.receptions import agenda
from tiepdan.receptions.actions import agenda as actions
from tiepdan.receptions.actions.agenda import ItemFacts
from tiepdan.receptions.agenda_patterns import as_template, eight_stages, from_template
from tiepdan.receptions.models import AgendaItem, AgendaTemplate, Reception
from tiepdan.receptions.rules import Stage
from tiepdan.receptions.warnings import warnings

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Reception:
    return stage.reception(state="draft")


def items(of: Reception) -> list[AgendaItem]:
    return agenda.items_of(stage.fresh(of))


def clocks(of: Reception) -> list[str]:
    rows = agenda.lines(of, items(of))
    return [f"{row.starts_at + timedelta(hours=7):%H:%M}" for row in rows]


def item(stage_: str, title: str = "", matter_id: int | None = None) -> AgendaItem:
    return AgendaItem(stage=stage_, title=title or stage_, minutes=5, matter_id=matter_id)


OPENING = item(Stage.OPENING, "Khai mạc; thông báo việc ghi âm, ghi hình")


# -- the template of eight stages


def test_one_matter_gives_eight_items_in_the_order_of_the_stages(of: Reception) -> None:
    assert [row.stage for row in items(of)] == [
        "opening",
        "identity",
        "citizen",
        "agency",
        "dialogue",
        "conclusion",
        "readback",
        "closing",
    ]
    assert str(agenda.total(of)) == "120 / 150 phút" and not agenda.total(of).is_over
    assert agenda.problems(items(of)) == []


def test_start_times_follow_from_the_minutes_before(of: Reception) -> None:
    assert clocks(of) == ["08:30", "08:35", "08:45", "09:05", "09:25", "10:00", "10:15", "10:25"]


def test_the_stages_of_a_matter_are_repeated_for_each_matter_and_fit_the_slot(of: Reception) -> None:
    second = stage.case("VV-2026-0042")
    stage.add_matter(of, second, "Kiến nghị về môi trường, phường Hòa Bình")
    made = eight_stages(of, list(of.matters.select_related("case", "chosen")))
    assert [row.stage for row in made].count("citizen") == 2 and len(made) == 13
    assert agenda.total(of, made).minutes <= 150
    assert made[2].title == f"Công dân trình bày – {stage.TITLE}"
    assert agenda.problems(made) == []


def test_the_template_knows_who_speaks_and_where(of: Reception) -> None:
    by_stage = {row.stage: row for row in items(of)}
    speakers = {name: row.speaker.full_name for name, row in by_stage.items() if row.speaker}
    assert speakers["opening"] == cast.chair().full_name and speakers["identity"] == cast.secretary().full_name
    assert speakers["citizen"] == "Mai Văn Thịnh" and speakers["agency"] == "Trịnh Văn Khôi"
    assert by_stage["citizen"].hall and by_stage["citizen"].hall.point.slug == "xa-thanh-loc"


def test_the_opening_tells_that_the_session_is_recorded(of: Reception) -> None:
    """Khoản 1 Điều 24 NĐ 154/2026"""
    assert "Điều 24 Nghị định số 154/2026/NĐ-CP" in items(of)[0].words


# -- what is wrong with an order

NOTICE = "Thiếu mục thông báo ghi âm, ghi hình."
ORDER = "Mục «Kết luận» phải đứng sau mục «Công dân trình bày»."
PROBLEMS: list[tuple[str, list[AgendaItem], list[str]]] = [
    ("nothing yet", [], ["Chưa có kịch bản. Bắt đầu từ mẫu 8 mục."]),
    ("complete", [OPENING, item("citizen"), item("conclusion")], []),
    ("nobody is told of the recording (khoản 1 Điều 24 NĐ 154/2026)", [item("citizen")], [NOTICE]),
    ("told in the words only", [AgendaItem(title="Khai mạc", words="Buổi tiếp được GHI ÂM, GHI HÌNH.")], []),
    ("sound alone is not enough", [item("opening", "Thông báo ghi âm")], [NOTICE]),
    ("conclusion first", [OPENING, item("conclusion"), item("citizen")], [ORDER]),
    ("both", [item("conclusion"), item("citizen")], [ORDER, NOTICE]),
    (
        "each matter by itself: the second citizen speaks after the first conclusion",
        [OPENING, item("citizen", "", 1), item("conclusion", "", 1), item("citizen", "", 2), item("conclusion", "", 2)],
        [],
    ),
    (
        "the second matter is concluded before its citizen speaks",
        [OPENING, item("citizen", "", 1), item("conclusion", "", 2), item("citizen", "", 2)],
        [ORDER],
    ),
    ("a conclusion about all", [OPENING, item("conclusion"), item("citizen", "", 2)], [ORDER]),
    ("a citizen about all", [OPENING, item("conclusion", "", 1), item("citizen")], [ORDER]),
]


@pytest.mark.parametrize(("rows", "said"), [row[1:] for row in PROBLEMS], ids=[row[0] for row in PROBLEMS])
def test_problems_of_an_order(rows: list[AgendaItem], said: list[str]) -> None:
    assert agenda.problems(rows) == said


def test_what_is_wrong_with_the_order_blocks_the_plan(of: Reception) -> None:
    of.agenda.filter(stage="opening").update(title="Khai mạc", words="")
    blocking = [row for row in warnings(of, NOW) if row.level == "stop"]
    assert [(row.code, row.sentence) for row in blocking] == [("script_notice", NOTICE)]
    of.agenda.all().delete()
    assert "script" not in " ".join(row.code for row in warnings(of, NOW))


def test_speaking_time_is_counted_for_each_party(of: Reception) -> None:
    minutes = {row.party: row.minutes for row in agenda.budgets(items(of))}
    assert minutes == {"Công dân": 20, "Cơ quan": 20, "Đối thoại": 35, "Chủ trì, thư ký": 45}


def test_a_script_longer_than_its_slot_says_where(of: Reception) -> None:
    of.agenda.filter(stage="dialogue").update(minutes=90)
    total = agenda.total(of)
    assert (str(total), total.is_over) == ("175 / 150 phút", True)
    assert [row.is_over for row in agenda.lines(of, items(of))] == [False] * 5 + [True] * 3


# -- writing it


def facts(**fields: object) -> ItemFacts:
    return ItemFacts(**{"stage": "dialogue", "title": "Trao đổi thêm", "minutes": 10, **fields})  # type: ignore[arg-type]


def test_a_new_item_stands_before_the_closing(of: Reception) -> None:
    actions.add_item(of, facts(), by=cast.clerk(), at=NOW)
    assert [row.title for row in items(of)][-2:] == ["Trao đổi thêm", "Kết thúc buổi tiếp"]
    assert [row.order for row in items(of)] == list(range(9))
    assert events(of, "agenda") == ["agenda.item_added"]


def test_items_move_up_and_down_and_times_follow(of: Reception) -> None:
    third = items(of)[2]
    actions.move_item(third, up=True, by=cast.clerk(), at=NOW)
    assert [row.stage for row in items(of)][:3] == ["opening", "citizen", "identity"]
    assert clocks(of)[:3] == ["08:30", "08:35", "08:55"]
    actions.move_item(third, up=False, by=cast.clerk(), at=NOW)
    assert [row.stage for row in items(of)][:3] == ["opening", "identity", "citizen"]


def test_the_first_item_stays_first(of: Reception) -> None:
    actions.move_item(items(of)[0], up=True, by=cast.clerk(), at=NOW)
    assert items(of)[0].stage == "opening" and events(of, "agenda") == []


def test_a_break_is_put_after_an_item(of: Reception) -> None:
    actions.add_break(items(of)[4], by=cast.clerk(), at=NOW)
    assert [(row.stage, row.minutes) for row in items(of)][5] == ("break", 10)


def test_an_item_is_changed_and_the_log_says_what(of: Reception) -> None:
    row = items(of)[4]
    changed = facts(title=row.title, minutes=25, matter=row.matter, speaker=row.speaker, hall=row.hall)
    actions.edit_item(
        row, ItemFacts(**{**vars(changed), "layout": row.layout, "words": row.words}), by=cast.clerk(), at=NOW
    )
    assert str(agenda.total(of)) == "110 / 150 phút"
    assert events(of, "agenda") == ["agenda.item_changed"]


def test_an_item_takes_the_hall_of_its_speaker(of: Reception) -> None:
    speaker = of.halls.get(point__slug="so-nnmt").seats.get()
    made = actions.add_item(of, facts(speaker=speaker), by=cast.clerk(), at=NOW)
    assert made.hall == speaker.hall


def test_people_of_another_reception_do_not_speak_here(of: Reception) -> None:
    other = stage.reception("BT-2026-013", state="draft")
    with pytest.raises(Invalid, match="phải thuộc buổi tiếp này"):
        actions.add_item(of, facts(hall=other.halls.first()), by=cast.clerk(), at=NOW)


def test_deleting_closes_the_gap(of: Reception) -> None:
    actions.delete_item(items(of)[3], by=cast.clerk(), at=NOW)
    assert [row.order for row in items(of)] == list(range(7)) and "agency" not in [row.stage for row in items(of)]


def test_a_script_is_not_replaced_by_accident(of: Reception) -> None:
    with pytest.raises(Refused, match="đã có kịch bản"):
        actions.start(of, by=cast.clerk(), at=NOW)
    of.agenda.filter(stage="dialogue").delete()
    actions.start(of, replace=True, by=cast.clerk(), at=NOW)
    assert of.agenda.count() == 8


def test_a_saved_template_keeps_no_people_and_is_repeated_for_every_matter(of: Reception) -> None:
    template = actions.save_template(of, "  Mẫu   định kỳ ", by=cast.clerk(), at=NOW)
    assert template.name == "Mẫu định kỳ" and len(template.items) == 8
    assert "Mai Văn Thịnh" not in str(template.items) and stage.TITLE not in str(template.items)
    stage.add_matter(of, stage.case("VV-2026-0042"), "Kiến nghị về môi trường")
    matters = list(of.matters.select_related("case", "chosen"))
    assert [row.stage for row in from_template(of, template.items, matters)].count("conclusion") == 2
    actions.start(of, template, replace=True, by=cast.clerk(), at=NOW)
    assert of.agenda.count() == 13 and len(as_template(items(of))) == 8


def test_a_template_name_is_used_once(of: Reception) -> None:
    actions.save_template(of, "Mẫu định kỳ", by=cast.clerk(), at=NOW)
    with pytest.raises(Refused, match="Đã có mẫu «Mẫu định kỳ»"):
        actions.save_template(of, "Mẫu định kỳ", by=cast.clerk(), at=NOW)
    with pytest.raises(Invalid, match="Chưa nhập tên mẫu"):
        actions.save_template(of, "  ", by=cast.clerk(), at=NOW)
    assert AgendaTemplate.objects.count() == 1


def test_a_template_that_somebody_spoiled_is_read_with_care(of: Reception) -> None:
    rows = from_template(of, [{"stage": "?", "title": "x" * 400, "minutes": "sáu"}], [])
    assert (rows[0].stage, len(rows[0].title), rows[0].minutes) == ("dialogue", 300, 10)


@pytest.mark.parametrize(
    ("state", "said"),
    [("submitted", "đang chờ duyệt"), ("approved", "Sửa kế hoạch"), ("cancelled", "không sửa kế hoạch nữa")],
)
def test_the_script_is_closed_while_the_plan_is(of: Reception, state: str, said: str) -> None:
    Reception.objects.filter(pk=of.pk).update(state=state)
    with pytest.raises(Refused, match=said):
        actions.add_item(stage.fresh(of), facts(), by=cast.clerk(), at=NOW)
    assert of.agenda.count() == 8


def test_the_secretary_reads_and_does_not_write(of: Reception) -> None:
    with pytest.raises(Forbidden):
        actions.add_item(of, facts(), by=cast.secretary(), at=NOW)


def test_in_the_last_half_hour_only_chair_and_technician_write_and_say_why(of: Reception) -> None:
    """«Trong 30 phút trước giờ tiếp chỉ người chủ trì hoặc kỹ thuật trung tâm được thay đổi (ghi lý do).»"""
    Reception.objects.filter(pk=of.pk).update(state="ready")
    late, row = stage.START - timedelta(minutes=10), stage.fresh(of)
    with pytest.raises(Refused, match="Trong 30 phút trước giờ tiếp"):
        actions.add_item(row, facts(), by=cast.clerk(), at=late, reason="Gấp")
    with pytest.raises(Refused, match="lý do"):
        actions.add_item(row, facts(), by=cast.chair(), at=late)
    actions.add_item(row, facts(), by=cast.chair(), at=late, reason="Công dân đến muộn")
    assert of.agenda.count() == 9
