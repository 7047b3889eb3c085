"""«Nhập từ Excel»: each kind for those who keep it, an upload for those of the agency that brought it in."""

from tests.access.letters import Letters, Table, who

ADMINS = "admin commune_admin foreign_admin"
CLERKS = "clerk commune_clerk foreign_clerk"
TECHNICIANS = "technician other_technician"
OF_HALLS = f"{TECHNICIANS} {ADMINS}"
TOP = "admin foreign_admin"  # the working-day table is one for all
KEEPERS = {"co-quan": ADMINS, "nguoi-dung": ADMINS, "diem-cau": OF_HALLS, "vu-viec": CLERKS, "ngay-nghi": TOP}
OF_THE_AGENCY = {
    "co-quan": "admin",
    "nguoi-dung": "admin",
    "diem-cau": f"{TECHNICIANS} admin",
    "vu-viec": "clerk",
    "ngay-nghi": "admin",
}


def kept(kind: str, letter: str = "o") -> Letters:
    return who("n", **{letter: KEEPERS[kind]})


def uploaded(kind: str, letter: str = "o") -> Letters:
    return who("n", **{letter: OF_THE_AGENCY[kind]})


TABLE = Table("sheets")
TABLE.get("kinds", who("n", o=f"{CLERKS} {TECHNICIANS} {ADMINS}"))
for kind in KEEPERS:
    here = {"code": kind, "pk": f"upload-{kind}"}
    TABLE.both("import", kept(kind), kept(kind, "i"), **here)
    TABLE.get("template", kept(kind), **here)
    TABLE.get("preview", uploaded(kind), **here)
    TABLE.post("confirm", uploaded(kind, "r" if kind in ("nguoi-dung", "ngay-nghi") else "x"), **here)
    TABLE.post("drop", uploaded(kind, "r"), **here)
for form in ("xlsx", "csv"):
    TABLE.get("rights", who("f", o=ADMINS), form=form)
    TABLE.get("journal", who("f", o=f"inspector {ADMINS}"), form=form)
