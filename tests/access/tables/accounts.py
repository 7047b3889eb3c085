"""The desk of each member of the staff; the administration of the own agency and those below (S02, S07, S39, S41)."""

from tests.access.letters import Table, but, who

MINE = who("o")
ADMINS = "admin commune_admin foreign_admin"
HEADS = "approver chair other_chair"
# An agency or a person below the province: its administrator governs them, nobody else learns that they exist.
GOVERNED = but(who("f", o="admin"), n="commune_admin foreign_admin")
FILLED = but(GOVERNED, i="admin")

TABLE = Table("accounts", pk="agency")
TABLE.get("home", who("r", "r"))
TABLE.both("sign_in", who("r", "o"), who("i", "i"))
TABLE.post("sign_out", who("r", "r"))
TABLE.both("own_password", MINE, who("i"))
# The second step of the door is nobody's who has not given a password a moment ago.
TABLE.both("sign_in_code", who("r", "r"), who("r", "x"))
TABLE.get("factor", MINE)
TABLE.both("factor_set_up", MINE, who("i"))
# Without a second factor there are no codes to renew, and nothing to turn off.
for name in ("factor_codes", "factor_off"):
    TABLE.both(name, who("r"), who("r"))
TABLE.get("home_page", MINE)
TABLE.get("home_lists", MINE)
TABLE.post("snooze", who("n"))
TABLE.post("wake", who("r"))
TABLE.get("session", who("o", "o"))
for name in ("search", "news", "news_count", "guides"):
    TABLE.get(name, MINE)
TABLE.post("news_seen", who("r"))
TABLE.get("guide", MINE, page="guide")
TABLE.get("decisions", who("f", o=f"{HEADS} delegate"))
TABLE.both("delegations", who("f", o=HEADS), who("f", i=HEADS))
TABLE.post("delegation_withdraw", who("n", x="approver"), pk="delegation")
TABLE.get("administration", who("f", o=ADMINS))

TABLE.get("agencies", who("f", o=ADMINS))
TABLE.both("agency_add", who("f", o=ADMINS), who("f", i=ADMINS))
TABLE.get("agency", GOVERNED)
for name in ("agency_edit", "agency_rename", "agency_end", "agency_merge"):
    TABLE.both(name, GOVERNED, FILLED)
TABLE.post("agency_delete", but(GOVERNED, x="admin"))
# Whether an agency goes on existing is decided from above.
for name in ("agency_end", "agency_merge"):
    TABLE.both(name, but(GOVERNED, f="admin"), but(GOVERNED, f="admin"), pk="top")
TABLE.post("agency_delete", but(GOVERNED, f="admin"), pk="top")
TABLE.get("agency", GOVERNED, pk="top")

TABLE.get("people", who("f", o=ADMINS))
TABLE.both("person_add", who("f", o=ADMINS), who("f", i=ADMINS))
TABLE.post("people_review", who("f", r=ADMINS), {"nguoi": "@person"})
TABLE.get("person", GOVERNED, pk="person")
for name in ("person_edit", "post_add", "person_lock"):
    TABLE.both(name, GOVERNED, FILLED, pk="person")
TABLE.both("post_end", GOVERNED, FILLED, pk="person", post="post")
TABLE.post("person_unlock", but(GOVERNED, x="admin"), pk="person")
TABLE.post("person_end_lockout", but(GOVERNED, x="admin"), pk="person")
TABLE.post("person_reset", GOVERNED, pk="person")

TABLE.both("factor_reset", GOVERNED, FILLED, pk="person")
for name in ("factor_reset_confirm", "factor_reset_drop"):
    TABLE.post(name, but(GOVERNED, x="admin"), pk="person")
# An office below reads what the top one has ruled.
TABLE.both("factor_rule", who("f", o=ADMINS), who("f", i="admin foreign_admin"))

TABLE.get("journal", who("f", o=f"inspector {ADMINS}"))
TABLE.post("journal_verify", who("f", o=f"inspector {ADMINS}"))
