"""What a kind of paper is made of: its fields, as the officials who edit templates see them. Pure facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Field:
    """One field of a template.

    `sample` is a text, a number, a list of texts, or (with `fields`) a list of rows. `is_free`: prose that an
    official may word differently in Word; every other field must stand in an edited paper as the data has it.
    `is_personal`: a citizen's data, which the pages about the paper do not show in full; of a name (`is_name`) they
    show the initials.
    """

    name: str
    label: str
    sample: Any = ""
    fields: tuple[Field, ...] = ()
    is_free: bool = False
    is_personal: bool = False
    is_name: bool = False

    @property
    def is_list(self) -> bool:
        return isinstance(self.sample, (list, tuple))

    @property
    def empty(self) -> Any:
        return [] if self.is_list else ""


@dataclass(frozen=True)
class Kind:
    """One kind of paper.

    `heading` is the name printed on it, `abbreviation` its part of the symbol («GM» in 05/GM-UBND), empty for papers
    without a number. `subject` is the trích yếu, filled from the facts. `receiver` names the fact that tells
    papers of the same kind apart in a list. `is_internal`: goes to the head of the same office, so it carries the name
    of who submits it and nobody signs for the office.
    """

    code: str
    label: str
    heading: str
    abbreviation: str
    subject: str
    fields: tuple[Field, ...]
    required: tuple[str, ...]
    receiver: str = ""
    form: str = ""  # the legal form that the layout follows
    is_internal: bool = False
    is_letter: bool = False  # names its receiver at the top, so its receivers begin with «Như trên»
    kept: str = ""  # where a copy is kept besides «VT»: «hồ sơ» (Mẫu số 01/TCD)

    @property
    def is_numbered(self) -> bool:
        return bool(self.abbreviation)

    @property
    def names_citizen(self) -> bool:
        """Whether the file holds a citizen's name, number or address in full."""
        return any(field.is_personal for field in self.fields)

    @property
    def all_fields(self) -> tuple[Field, ...]:
        return (*HOUSE, *self.fields)

    def field(self, name: str) -> Field | None:
        return next((field for field in self.all_fields if field.name == name), None)

    def complete(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The facts with an empty value for every field of this kind that they lack, rows included."""
        return _complete(self.fields, facts)

    def sample(self) -> dict[str, Any]:
        """Invented facts for trying a template, every list with a few rows."""
        return {field.name: field.sample for field in self.all_fields} | (SUBMITTED if self.is_internal else {})


def _complete(fields: tuple[Field, ...], facts: Mapping[str, Any]) -> dict[str, Any]:
    whole = dict(facts)
    for field in fields:
        value = whole.setdefault(field.name, field.empty)
        if field.fields and isinstance(value, (list, tuple)):
            whole[field.name] = [_complete(field.fields, row) if isinstance(row, Mapping) else row for row in value]
    return whole


SUBMITTER = "NGƯỜI TRÌNH"
SUBMITTED = {"quyen_han_ky": "", "chuc_vu_ky": "CHUYÊN VIÊN", "nguoi_ky": "Phạm Thị Hoa"}
HOUSE = (
    Field("co_quan_chu_quan", "Cơ quan chủ quản (dòng trên, bên trái đầu trang)", ""),
    Field("co_quan_dau_trang", "Tên cơ quan ở đầu trang, có thể hai dòng", "Ủy ban nhân dân\ntỉnh Minh Châu"),
    Field("co_quan", "Tên cơ quan trong lời văn", "Ủy ban nhân dân tỉnh Minh Châu"),
    Field("so_ky_hieu", "Số, ký hiệu", "05/GM-UBND"),
    Field("dia_danh", "Địa danh", "Minh Châu"),
    Field("ngay_van_ban", "Ngày, tháng, năm của văn bản", "ngày 07 tháng 12 năm 2026"),
    Field("trich_yeu", "Trích yếu", "Về việc tiếp công dân trực tuyến"),
    Field("quyen_han_ky", "Quyền hạn ký", "TM. ỦY BAN NHÂN DÂN"),
    Field("chuc_vu_ky", "Chức vụ người ký", "CHỦ TỊCH"),
    Field("nguoi_ky", "Họ và tên người ký", "Trần Văn Bình"),
    Field(
        "noi_nhan",
        "Nơi nhận, mỗi dòng một nơi",
        ["Như trên;", "Chủ tịch, các Phó Chủ tịch UBND tỉnh;", "Thanh tra tỉnh;", "Lưu: VT, TCD."],
        is_free=True,
    ),
)
