"""Halls: read at the desks that plan with them; checked by the technician above and by those who work there, kept by
the technician and the administrator of the level (S13)."""

from tests.access.letters import Table, but, who

READERS = (
    "clerk technician officer assigned admin commune_clerk commune_officer commune_admin foreign_clerk foreign_admin"
)
INDEX = who("f", o=READERS)
# A hall of ours: an agency below does not see it, another province learns nothing of it.
POINT = but(INDEX, n="below outside")
# Those who work where the hall is correct it and tell of its equipment; an administrator does not check.
CORRECTED = but(POINT, r="clerk technician officer assigned admin")
CHECKED = but(POINT, f="admin")
# Registered, retired and handed over by the technician and the administrator of the level.
KEEPERS = but(POINT, f="clerk officer assigned")
DONE = but(KEEPERS, r="technician admin")
REGISTER = but(who("f"), o="technician admin commune_admin foreign_admin")
HALL = {"name": "Hội trường mới", "slug": "hoi-truong-moi", "agency": "@point_office"}
CHECK = {"checked_on": "@today", "condition_sound": "good"}
TEST = {"halls": "12", "tested_on": "@today", "note": "Thử với 12 điểm cầu"}

TABLE = Table("points", slug="point", check="point_check")
TABLE.get("index", INDEX)
TABLE.get("export", INDEX)
TABLE.both(
    "capacity",
    INDEX,
    but(INDEX, n="clerk officer assigned admin commune_clerk commune_officer commune_admin outside", r="technician"),
    {**TEST, "agency": "@point_office"},
)
TABLE.both("add", REGISTER, but(REGISTER, r="technician admin", i="commune_admin foreign_admin"), HALL)
for name in ("detail", "sheet", "sign", "photo"):
    TABLE.get(name, POINT)
TABLE.both("change", POINT, CORRECTED, {"name": "Tên mới"})
TABLE.both("check", CHECKED, but(CHECKED, r="clerk technician officer assigned"), CHECK)
TABLE.both("retire", KEEPERS, DONE, {"first_day": "@today", "reason": "Sửa chữa"})
TABLE.both("take_back", KEEPERS, DONE, {"back_on": "@today", "reason": "Đã sửa"}, slug="retired_point")
TABLE.both("hand_over", KEEPERS, DONE, {"target": "@below_office", "since": "@today", "reason": "Quyết định"})
TABLE.post("withdraw", DONE, slug="moving_point")
