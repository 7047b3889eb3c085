"""Recordings: those who had a part in the reception, the archivist and the inspector; never a hall (S28).

Who sees the reception is told that its recording is not theirs; everybody else does not learn that it exists.
"""

from tests.access.columns import EVERYBODY
from tests.access.letters import Table, who

KEEPERS = "chair secretary technician archivist inspector"
SEE_ONLY = "clerk approver delegate other_chair admin other_technician"
PLAY = who("n", "n", "n", o=KEEPERS, f=SEE_ONLY)
PLAYER = who("n", "d", "n", o=KEEPERS, f=SEE_ONLY)
MACHINE = who("t", "t")

TABLE = Table("recordings", EVERYBODY, code="running", take_id="take", name="file")
TABLE.post("beat", MACHINE)
TABLE.get("player", PLAYER)
TABLE.get("catalogue", PLAY)
TABLE.get("file", PLAY)
