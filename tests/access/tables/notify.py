"""The outbox is the clerks'; administrators see what could not be sent; a receiver has the link (S14)."""

from tests.access.columns import EVERYBODY
from tests.access.letters import Table, but, who

CLERKS = "clerk commune_clerk foreign_clerk"
ADMINS = "admin commune_admin foreign_admin"
# A message to an agency: whoever sees the reception; one to a citizen: the desk, the chair and the secretary.
OVERSEERS = "approver delegate other_chair chair secretary technician other_technician inspector archivist admin"
READ = who("n", o=f"clerk {OVERSEERS}")
PERSONAL = who("n", o="clerk chair secretary")
ACT = who("n", i="clerk")
ADDRESS = {"channel": "email", "address": "b@xa.test"}
ANYBODY = who("o", "o")

TABLE = Table("notify", EVERYBODY, pk="delivery", file="delivery_file", token="token")
TABLE.get("outbox", who("f", o=f"{CLERKS} {ADMINS}"))
TABLE.get("sheet", who("f", o=CLERKS))
TABLE.post("release", but(who("f", i=CLERKS), r="clerk"), {"pk": "@citizen_delivery"})
TABLE.post("drop", but(who("f", i=CLERKS), r="clerk"), {"pk": "@citizen_delivery"})
TABLE.get("detail", READ)
TABLE.get("detail", PERSONAL, pk="citizen_delivery")
TABLE.get("file", READ)
TABLE.post("address", who("n", r="clerk"), ADDRESS, pk="failed_delivery")
TABLE.post("retry", who("n", r="clerk"), pk="failed_delivery")
TABLE.post("confirm", who("n", x="clerk"))
TABLE.post("axis", who("n", i="clerk"))
TABLE.both("hand_over", who("n", o="clerk"), ACT, pk="citizen_delivery")
TABLE.get("receive", ANYBODY)
TABLE.post("coming", who("i", "i"))
TABLE.post("not_coming", who("i", "i"))
TABLE.get("receiver_file", ANYBODY)
