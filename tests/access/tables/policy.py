"""Everybody of the staff reads the rules and the table of days; administrators change them (S40).

The table of days is one for all: the administrator of a top agency changes it. Stricter values are set by the
administrator of the agency, also for those below.
"""

from tests.access.letters import Table, but, who

READ = who("o")
CALENDAR = who("f", o="admin foreign_admin")
CALENDAR_POST = but(CALENDAR, i="admin foreign_admin")
ADMINS = "admin commune_admin foreign_admin"

TABLE = Table("policy", pk="day", number="year")
TABLE.get("rules", READ)
TABLE.get("compare", READ)
TABLE.both("values", READ, who("f", i=ADMINS))
TABLE.post("value_remove", who("n", r="admin"), pk="value")
TABLE.get("holidays", READ)
TABLE.both("day_add", CALENDAR, CALENDAR_POST)
TABLE.both("day_import", CALENDAR, CALENDAR_POST)
TABLE.both("day", CALENDAR, CALENDAR_POST)
TABLE.post("day_remove", but(CALENDAR, r="admin foreign_admin"))
TABLE.post("year_confirm", CALENDAR_POST)
TABLE.post("year_unconfirm", CALENDAR_POST)
TABLE.post("year_suggest", but(CALENDAR, r="admin foreign_admin"))
