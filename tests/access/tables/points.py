"""Halls: read at the desks that plan with them; checked by the technician above and by those who work there (S13)."""

from tests.access.letters import Table, but, who

READERS = (
    "clerk technician officer assigned admin commune_clerk commune_officer commune_admin foreign_clerk foreign_admin"
)
INDEX = who("f", o=READERS)
# A hall of ours: an agency below does not see it, another province learns nothing of it.
POINT = but(INDEX, n="below outside")
CHECK = {"checked_on": "@today", "condition_sound": "good"}
TEST = {"halls": "12", "tested_on": "@today", "note": "Thử với 12 điểm cầu"}

TABLE = Table("points", slug="point")
TABLE.get("index", INDEX)
TABLE.both("detail", POINT, but(POINT, r="clerk technician officer assigned", f="admin"), CHECK)
TABLE.post("capacity", but(who("f"), r="technician"), {**TEST, "agency": "@point_office"})
