"""Whose things a world holds: the people of one agency who have a hand in them."""

from __future__ import annotations

from dataclasses import dataclass

from tests import case_cast, cast
from tests.access.columns import PEOPLE
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.rules import Role


@dataclass(frozen=True)
class Team:
    """`below` is an agency under `agency`, `other` the one with which a dossier is shared and which is invited."""

    prefix: str
    agency: Agency
    below: Agency
    other: Agency
    clerk: Person
    approver: Person
    chair: Person
    secretary: Person
    technician: Person
    officer: Person
    subject: Person  # somebody of `below` whose account is administered


def own() -> Team:
    return Team(
        prefix="nha",
        agency=cast.province(),
        below=case_cast.department(),
        other=cast.commune(),
        clerk=cast.clerk(),
        approver=cast.approver(),
        chair=cast.chair(),
        secretary=cast.secretary(),
        technician=cast.technician(),
        officer=PEOPLE["assigned"](),
        subject=case_cast.department_officer(),
    )


def below() -> Team:
    """A commune: what an inspector of the province looks into, and an administrator of the province governs."""
    commune = cast.commune()
    return Team(
        prefix="xa",
        agency=commune,
        below=commune,
        other=case_cast.department(),
        clerk=case_cast.commune_clerk(),
        approver=cast.person("chu-tich-xa", "Lý Văn Chủ", Role.APPROVER, commune),
        chair=cast.person("chu-tri-xa", "Lý Văn Trì", Role.CHAIR, commune),
        secretary=cast.person("thu-ky-xa", "Lý Thị Thư", Role.SECRETARY, commune),
        technician=cast.person("ky-thuat-xa", "Lý Văn Kỹ", Role.TECHNICIAN, commune),
        officer=PEOPLE["commune_officer"](),
        subject=PEOPLE["commune_officer"](),
    )


def foreign() -> Team:
    """Another province, with a commune of its own."""
    elsewhere = cast.elsewhere()
    under = cast.agency("xa-khac", "UBND xã Khác", parent=elsewhere)
    subject = cast.person("nguoi-xa-khac", "Người Xã Khác", Role.OFFICER, under)
    return Team(
        prefix="ngoai",
        agency=elsewhere,
        below=under,
        other=under,
        clerk=cast.outsider(Role.CLERK),
        approver=cast.outsider(Role.APPROVER),
        chair=cast.outsider(Role.CHAIR),
        secretary=cast.outsider(Role.SECRETARY),
        technician=cast.outsider(Role.TECHNICIAN),
        officer=cast.outsider(Role.OFFICER),
        subject=subject,
    )
