"""The columns of the matrix: who asks. Nobody, halls, every role of the agency, the level below, another province."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests import case_cast, cast
from tiepdan.accounts.models import Delegation, Person
from tiepdan.accounts.rules import Role

NOBODY = "nobody"
HALLS = ("hall", "other_hall")  # of the reception that is running, and of another one of the same agency
# Those who have a part in the receptions and the case of the world.
PARTS = ("chair", "secretary", "technician")
# One of each role of the own agency; `other_…` holds the same post and has no part; `assigned` is the officer in
# charge of the case; `delegate` holds a post that sees nothing, and may approve by a delegation of the head.
OWN = (
    "clerk",
    "approver",
    "delegate",
    *PARTS,
    *(f"other_{part}" for part in PARTS),
    "officer",
    "assigned",
    "inspector",
    "archivist",
    "admin",
    "observer",
)
# Of a commune below: it is invited to the reception, and the dossier is shared with it.
BELOW = ("commune_clerk", "commune_officer", "commune_admin")
OUTSIDE = ("foreign_clerk", "foreign_admin")
STAFF = (*OWN, *BELOW, *OUTSIDE)
EVERYBODY = (NOBODY, *HALLS, *STAFF)
# Where a part in a reception changes nothing, one of each post is asked and one hall.
ONE_OF_EACH = tuple(name for name in EVERYBODY if not name.startswith("other_"))

PEOPLE: dict[str, Callable[[], Person]] = {
    "clerk": cast.clerk,
    "approver": cast.approver,
    "delegate": lambda: _delegate(),
    "chair": cast.chair,
    "secretary": cast.secretary,
    "technician": cast.technician,
    "other_chair": lambda: cast.person("chu-tri-khac", "Cao Văn Chủ", Role.CHAIR),
    "other_secretary": lambda: cast.person("thu-ky-khac", "Cao Thị Thư", Role.SECRETARY),
    "other_technician": lambda: cast.person("ky-thuat-khac", "Cao Văn Kỹ", Role.TECHNICIAN),
    "officer": lambda: cast.person("cong-chuc", "Cao Thị Công", Role.OFFICER),
    "assigned": lambda: cast.person("phu-trach", "Cao Văn Phụ", Role.OFFICER),
    "inspector": cast.inspector,
    "archivist": lambda: cast.person("luu-tru", "Cao Thị Lưu", Role.ARCHIVIST),
    "admin": cast.admin,
    "observer": lambda: cast.person("quan-sat", "Cao Văn Quan", Role.OBSERVER),
    "commune_clerk": case_cast.commune_clerk,
    "commune_officer": lambda: cast.person("cong-chuc-xa", "Lý Thị Xã", Role.OFFICER, cast.commune()),
    "commune_admin": lambda: cast.person("quan-tri-xa", "Lý Văn Trị", Role.ADMIN, cast.commune()),
    "foreign_clerk": lambda: cast.outsider(Role.CLERK),
    "foreign_admin": lambda: cast.outsider(Role.ADMIN),
}


def _delegate() -> Person:
    found = cast.person("duoc-uy-quyen", "Cao Thị Ủy", Role.OBSERVER)
    facts = {"valid_from": cast.SINCE, "valid_to": date(2099, 12, 31), "made_at": case_cast.NOW}
    Delegation.objects.get_or_create(
        agency=cast.province(), giver=cast.approver(), receiver=found, reason="Đi công tác", defaults=facts
    )
    return found
