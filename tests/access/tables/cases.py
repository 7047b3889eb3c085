"""Cases: clerks of the agency and the officer in charge write, heads decide, the inspector reads (S03–S07).

Everybody else, of the same agency or of another, never learns that a case exists.
"""

from tests.access.letters import Letters, Table, but, who

WRITERS = "clerk assigned"
ASSIGN = "clerk approver chair other_chair"
HEADS = "approver delegate chair other_chair"  # the delegate by the head's delegation
READ = who("n", o=f"{WRITERS} {HEADS} inspector")
WRITE = who("n", o=WRITERS)
CLERKS = "clerk commune_clerk foreign_clerk"
CLERK = who("f", o=CLERKS)
# Offices with which a dossier may be shared; the commune is the one with which it was.
RECEIVERS = "clerk approver chair other_chair officer assigned commune_clerk commune_officer foreign_clerk"
SHARED = but(who("f", n=RECEIVERS), o="commune_clerk commune_officer")
# Of a protected denouncer only who took the case in (here the officer in charge) and who decides
# (khoản 2 Điều 12 NĐ 154/2026).
PROTECTED = who("n", o=f"assigned {HEADS}")


def writes(letter: str) -> Letters:
    return but(WRITE, **{letter: WRITERS})


FILLED, DONE, REFUSED = writes("i"), writes("r"), writes("x")

TABLE = Table("cases", code="case")
LISTED = who("f", o=f"secretary other_secretary inspector {RECEIVERS}")
# Who decides in the head's place meanwhile reads what the head reads.
TABLE.get("index", but(LISTED, o="delegate"))
TABLE.get("export", LISTED)
TABLE.both("intake", CLERK, but(CLERK, i=CLERKS))
TABLE.post("duplicates", CLERK)
TABLE.get("transfers", CLERK)

TABLE.get("shared", who("f", o=RECEIVERS))
TABLE.get("shared_one", SHARED, pk="share")
TABLE.get("shared_paper", SHARED, pk="share", item="item")
TABLE.get("shared_paper", but(SHARED, n="commune_clerk commune_officer"), pk="share", item="loose")
TABLE.post("supply", but(SHARED, i="commune_clerk commune_officer"), pk="share")

for name in ("detail", "slip", "people", "dossier", "contents", "grounds", "decision", "journal"):
    TABLE.get(name, READ)
TABLE.post("people", FILLED)
TABLE.post("grounds", DONE)
TABLE.both("person", READ, but(READ, i=f"{WRITERS} {HEADS} inspector"), pk="petitioner")
TABLE.get("person", PROTECTED, code="protected", pk="protected_person")
TABLE.get("contents", PROTECTED, code="protected")
TABLE.get("detail", READ, code="protected")
for name in ("edit", "split"):  # the form holds what was said, and the part would name the same people in the open
    TABLE.both(name, who("n", o="assigned"), who("n", i="assigned"), code="protected")
TABLE.get("paper", READ, pk="item")
TABLE.post("carry_away", READ)

for name in ("edit", "split", "record", "add_papers", "share", "ask", "classify", "guide", "transfer", "answer"):
    TABLE.both(name, WRITE, FILLED)
TABLE.both("refuse", WRITE, FILLED)
TABLE.both("remove_item", WRITE, FILLED, pk="item")
TABLE.both("replace_receipt", WRITE, FILLED, pk="receipt")
TABLE.both("close", WRITE, REFUSED, code="declined")
TABLE.both("transfer_result", WRITE, FILLED, {"step": "settled"}, code="sent", pk="handing")
TABLE.post("add_people", FILLED)
TABLE.post("add_history", FILLED)
TABLE.post("remove_history", DONE, pk="history")
TABLE.post("edit_person", FILLED, pk="petitioner")
TABLE.post("remove_person", DONE, pk="second")
TABLE.post("withdraw_share", DONE, pk="share")
TABLE.post("screen", writes("r"), code="received")
TABLE.post("complete", writes("r"), code="incomplete")
TABLE.both("assign", who("n", o=ASSIGN), who("n", i=ASSIGN))

TABLE.post("withdraw", DONE, {"submission": "@submission"}, code="waiting")
TABLE.get("decision", READ, code="waiting")
TABLE.get("decision_sheet", READ, code="decided", pk="decided_submission")
TABLE.post(
    "decision",
    but(READ, r=HEADS, f=f"{WRITERS} inspector"),
    {"step": "approve", "submission": "@submission"},
    code="waiting",
)
TABLE.both("refusal", READ, but(READ, i=WRITERS, f=f"{HEADS} inspector"), code="refusing", pk="refusing_refusal")
TABLE.post("editing", WRITE, part="form_part")
TABLE.both("violation", WRITE, FILLED, code="breach", pk="breach_refusal")
TABLE.post(
    "refusal_decision",
    but(READ, r=HEADS, f=f"{WRITERS} inspector"),
    {"step": "return", "note": "Thiếu biên bản."},
    code="signing",
    pk="signing_refusal",
)
