"""Papers belong to those who see what they are about; those who write it change them. Templates: the administrator."""

from tests.access.columns import EVERYBODY
from tests.access.letters import Table, but, who

# Of a case: who reads the case; a paper about it is changed by who writes it and by who signs.
CASE = who("n", o="clerk approver delegate chair other_chair assigned inspector")
CASE_STEP = who("n", f="inspector", r="clerk approver delegate chair other_chair assigned")
RECEIPT_STEP = who("n", f="inspector approver delegate chair other_chair", r="clerk assigned")
# Of a reception: who sees it. The page masks a citizen; only who writes or checks them opens the file.
SIGHT = "secretary technician other_technician inspector archivist admin"
PLAN = who("n", o=f"clerk approver delegate chair other_chair {SIGHT}")
PLAN_STEP = who(
    "n",
    r="clerk approver delegate chair other_chair",
    f=SIGHT,
)
ADMINS = "admin commune_admin foreign_admin"
TEMPLATES = who("f", o=ADMINS)

TABLE = Table(
    "documents", EVERYBODY, pk="paper", which="word", kind="kind", about_kind="about_case", about_id="case_id"
)
TABLE.get("paper", CASE)
TABLE.get("paper", CASE, pk="receipt_paper")
TABLE.get("paper", PLAN, pk="plan_paper")
TABLE.get("paper", PLAN, pk="citizen_paper")
TABLE.get("file", CASE)
TABLE.get("file", PLAN, pk="plan_paper")
# Its file names the citizen in full: not for those who only see the reception.
TABLE.get("file", but(PLAN, f="technician other_technician inspector archivist admin"), pk="citizen_paper")
TABLE.get("pdf_state", CASE)
TABLE.get("pdf_state", PLAN, pk="citizen_paper")
TABLE.post("number", CASE_STEP, {"dated": "@today"})
TABLE.post("number", PLAN_STEP, {"dated": "@today"}, pk="plan_paper")
# Without a Word file there is nothing to convert, whether this machine has LibreOffice or not.
TABLE.post("ask_pdf", but(CASE_STEP, x="clerk approver delegate chair other_chair assigned"), pk="wordless")
TABLE.post("ask_pdf", but(PLAN_STEP, x="clerk approver delegate chair other_chair"), pk="wordless_plan")
TABLE.post("issue", but(CASE_STEP, x="clerk approver delegate chair other_chair assigned"))
TABLE.post("issue", but(PLAN_STEP, x="clerk approver delegate chair other_chair"), pk="plan_paper")
for step in ("edited", "signed"):
    TABLE.post(step, but(CASE_STEP, i="clerk approver delegate chair other_chair assigned"))
    TABLE.post(step, but(PLAN_STEP, i="clerk approver delegate chair other_chair"), pk="plan_paper")
TABLE.post("drop", CASE_STEP)
TABLE.post("drop", RECEIPT_STEP, pk="receipt_paper")
TABLE.post("drop", PLAN_STEP, pk="plan_paper")
TABLE.post("again", RECEIPT_STEP, pk="receipt_paper")
TABLE.get("batch", CASE, pk="batch")
TABLE.get("batch", PLAN, pk="plan_batch")
TABLE.post("cancel_batch", but(CASE_STEP, n="inspector"), pk="batch")
TABLE.post(
    "cancel_batch",
    but(PLAN_STEP, n=SIGHT),
    pk="plan_batch",
)
TABLE.get("everything", CASE)
TABLE.get("everything", PLAN, about_kind="about_reception", about_id="reception_id")
TABLE.get("templates", TEMPLATES)
TABLE.both("letterhead", TEMPLATES, who("f", i=ADMINS))
TABLE.both("template", TEMPLATES, who("f", i=ADMINS))
TABLE.get("template_file", TEMPLATES)
TABLE.get("template_file", who("f", o="admin", n="commune_admin foreign_admin"), "?co-quan=minh-chau")
TABLE.get("template_trial", TEMPLATES, "?ban=goc")
TABLE.post("template_back", who("f", r=ADMINS))
