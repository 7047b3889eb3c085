"""Receptions: the desk plans, the head approves, the technician gives the accounts, overseers read (S08–S15)."""

from tests.access.columns import EVERYBODY
from tests.access.letters import Letters, Table, but, who

PARTS = "chair secretary technician"
# Who approves plans reads them, whether by an own post or by a delegation.
HEADS = "approver delegate other_chair"
OVERSEERS = f"{HEADS} other_technician inspector archivist admin"
READERS = f"clerk {PARTS} {OVERSEERS}"
READ = who("n", "d", o=READERS)
# The desk, and the chair and the technician of this reception write its plan.
WRITERS = "clerk chair technician"
WRITE = but(READ, f=f"secretary {OVERSEERS}")
DESK = but(READ, f=f"{PARTS} {OVERSEERS}")
TECHNICIAN = but(READ, f=f"clerk chair secretary {OVERSEERS}")
# What the desk alone sees: the others of the reception do not learn how somebody was invited.
DESK_ONLY = who("n", "d", o="clerk")


def plan(letter: str) -> Letters:
    return but(WRITE, **{letter: WRITERS})


def desk(letter: str) -> Letters:
    return but(DESK, **{letter: "clerk"})


def desk_only(letter: str) -> Letters:
    return but(DESK_ONLY, **{letter: "clerk"})


def technician(letter: str) -> Letters:
    return but(TECHNICIAN, **{letter: "technician"})


TABLE = Table("receptions", EVERYBODY, code="draft", month="month")
TABLE.both("point_sign_in", but(who("o", "o"), r="halls"), who("i", "i"))
TABLE.post("point_sign_out", who("r", "r"))
TABLE.get("index", who("o", "d"))
TABLE.get("dates", who("o", "d"))
TABLE.get("month_file", who("o", "d"))
TABLE.get("month_print", who("o", "d"))
TABLE.get("month_sheet", who("o", "d"))
CLERKS = "clerk commune_clerk foreign_clerk"
TABLE.both("create", who("f", o=CLERKS), who("f", i=CLERKS))
TABLE.get("of_case", who("n", o="clerk assigned approver delegate chair other_chair inspector"), code="planned_case")

for name in ("detail", "matters", "halls", "papers", "versions"):
    TABLE.get(name, READ)
    TABLE.get(name, READ, code="published")
for name in ("agenda", "agenda_chair", "agenda_slips", "accounts"):
    TABLE.get(name, READ)
TABLE.get("plan_print", READ)
TABLE.get("decision_sheet", READ, code="published", pk="plan_decision")
TABLE.get("seats_print", READ, code="published")
# A card without the name would be none: those who read initials get no cards.
TABLE.get("cards_print", but(READ, f="other_technician inspector archivist admin"), code="published")
TABLE.get("proof", READ, code="published", milestone="milestone")
TABLE.get("papers_archive", READ, code="published")

# -- the plan
TABLE.both("change", WRITE, plan("i"))
TABLE.post("submit", desk("x"))
TABLE.post("withdraw", desk("r"), code="submitted")
APPROVES = but(READ, f="clerk secretary technician other_technician inspector archivist admin")
TABLE.post("approve", but(APPROVES, x=f"chair {HEADS}"), code="submitted")
TABLE.post("send_back", but(APPROVES, r=f"chair {HEADS}"), {"note": "Thiếu vụ việc."}, code="submitted")
TABLE.post("revise", desk("r"), code="approved")
TABLE.post("confirm", technician("x"), code="published")
TABLE.post("doubt", technician("r"), {"note": "Đường truyền hỏng."}, code="ready")
TABLE.post("meet", technician("r"), {"proof": "Biên bản kết nối thử"}, milestone="milestone")
TABLE.post("waive", plan("x"), {"code": "khong-co", "reason": "Vì cần"})

TABLE.post("matter_add", desk("r"), {"case": "@approved_case", "minutes": "60"})
TABLE.post("matter_change", desk("i"), matter="matter")
TABLE.post("matter_remove", desk("r"), matter="matter")
TABLE.post("matter_choose", desk("r"), {"hall": ""}, matter="matter")
TABLE.post("wish_confirm", desk("r"), code="published", wish="wish")
TABLE.post("wish_decline", desk("r"), {"note": "Phòng đang sửa"}, code="published", wish="wish")
TABLE.post("matter_up", desk("r"), matter="second_matter")
TABLE.post("matter_down", desk("r"), matter="matter")
TABLE.post("hall_add", plan("r"), {"point": "@free_point", "part": "component"})
TABLE.post("matrix", plan("r"))
TABLE.both("hall_change", WRITE, plan("r"), hall="hall")
TABLE.post("hall_central", plan("r"), hall="hall")
TABLE.post("hall_remove", plan("r"), hall="hall")
TABLE.post("seats_copy", plan("x"), hall="hall")
TABLE.both("seat_add", WRITE, plan("i"), hall="hall")
TABLE.both("seat_change", WRITE, plan("i"), {"role": ""}, seat="seat")
TABLE.post("seat_remove", plan("r"), seat="seat")
TABLE.post("issue", technician("o"), hall="hall")
TABLE.post("letter_with_password", technician("x"), hall="hall")
TABLE.post("revoke", technician("r"), code="running", hall="running_hall")

ITEM = {"stage": "dialogue", "title": "Đối thoại", "minutes": "10"}
TABLE.post("agenda_start", plan("r"), {"replace": "on"})
TABLE.both("agenda_add", WRITE, plan("r"), ITEM)
TABLE.both("agenda_item", WRITE, plan("r"), ITEM, item="agenda_item")
TABLE.post("agenda_break", plan("r"), item="agenda_item")
TABLE.post("agenda_delete", plan("r"), item="agenda_item")
TABLE.post("agenda_move", plan("r"), item="later_item", way="way")
TABLE.post("agenda_order", plan("i"))
TABLE.post("agenda_save_template", desk_only("i"))
TABLE.post("agenda_delete_template", desk_only("r"), template="template")

# -- papers, publication
TABLE.post("papers_make", desk("r"))
TABLE.post("publish", desk("x"), code="approved")
TABLE.post("publish_version", desk("x"), {"note": "Đổi điểm cầu"}, code="published")
TABLE.post("posters_make", desk("x"))
SLOT = {"day": "@far_day", "starts": "08:30", "ends": "11:00", "place": "Trụ sở", "note": "Đổi phòng", "confirm": "1"}
TABLE.both("change_slot", DESK, desk("x"), SLOT, code="published")
END = {"reason": "Người chủ trì đi công tác đột xuất", "expected": "@far_day"}
TABLE.both("postpone", DESK, desk("r"), END, code="published")
TABLE.both("cancel", DESK, desk("r"), END, code="published")
TABLE.post("replan", desk("r"), code="postponed")
