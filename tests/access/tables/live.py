"""The room: staff who see the reception and its halls enter; the chair alone commands (S19, S22)."""

from tests.access.columns import EVERYBODY
from tests.access.letters import Table, but, who

PARTS = "chair secretary technician"
OVERSEERS = "clerk approver delegate other_chair other_technician inspector archivist admin"
ENTER = but(who("n", "s", "o", o=f"{PARTS} {OVERSEERS}"), x="other_hall")
PAGE = but(ENTER, d="nobody")
# The commands reach the rule behind them: with this form, in this reception, each of them says no to the chair.
COMMAND = but(who("n", "s", "f", f=f"secretary technician {OVERSEERS}"), x="other_hall chair")
UNREADABLE = but(COMMAND, i="chair")
DONE = but(COMMAND, o="chair")
MACHINE = who("t", "t")
HALL = {"hall": "@hall_key"}

TABLE = Table("live", EVERYBODY, code="running")
TABLE.get("room", PAGE)
TABLE.post("ticket", ENTER)
TABLE.get("state", ENTER)
TABLE.post("open", COMMAND)
TABLE.post("suspend", UNREADABLE)
TABLE.post("resume", COMMAND)
TABLE.post("close", DONE)
TABLE.post("floor", COMMAND, HALL)
TABLE.post("withdraw", COMMAND, HALL)
TABLE.post("lock", UNREADABLE, HALL)
TABLE.post("eject", UNREADABLE, HALL)
TABLE.post("readmit", COMMAND, HALL)
TABLE.post("webhook", MACHINE)
