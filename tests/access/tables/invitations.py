"""Invitations: the desk sends them, those of the plan read the board, the invited agency answers (S14)."""

from tests.access.columns import EVERYBODY
from tests.access.letters import Table, but, who
from tests.access.tables.receptions import DESK_ONLY, READ, desk, desk_only

TABLE = Table("invitations", EVERYBODY, code="draft")

# -- the desk
TABLE.get("board", READ)
TABLE.get("board", READ, code="published")
HERE = {"code": "published", "pk": "invitation"}
TABLE.get("preview", DESK_ONLY, code="published")
TABLE.get("sheet", DESK_ONLY, code="published")
TABLE.post("send_all", desk("r"), code="published")
TABLE.post("issue", desk("r"), code="published")
TABLE.get("receiver", DESK_ONLY, **HERE)
for name in ("send", "resend", "seats", "record"):
    TABLE.post(name, desk_only("x"), **HERE)
for name in ("way", "hand_over", "axis", "call"):
    TABLE.post(name, desk_only("i"), **HERE)

# -- the side of who was invited
TABLE.get("invited", who("o", "d"))
INVITED = who("n", "d", o="commune_clerk commune_officer")
TABLE.get("invited_one", INVITED, pk="invitation")
TABLE.post("coming", but(INVITED, i="commune_clerk commune_officer"), pk="invitation")
TABLE.post("not_coming", but(INVITED, i="commune_clerk commune_officer"), pk="invitation")
TABLE.get("file", INVITED, pk="invitation", file="delivery_file")
