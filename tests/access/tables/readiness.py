"""The device check of a hall: the door of the halls for everybody else."""

from tests.access.columns import EVERYBODY
from tests.access.letters import Table, who

TABLE = Table("readiness", EVERYBODY)
TABLE.get("prepare", who("r", "r", "o"))
TABLE.post("result", who("s", "s", "i"))
