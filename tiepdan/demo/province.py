"""The fictitious tỉnh Minh Châu: offices, people in every role, halls, and who sits where."""

from __future__ import annotations

from dataclasses import dataclass

from tiepdan.accounts.rules import Kind, Role
from tiepdan.receptions.rules import SeatRole


@dataclass(frozen=True)
class Office:
    code: str
    name: str
    short_name: str
    kind: Kind
    parent: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Desk:
    username: str
    full_name: str
    office: str
    role: Role
    title: str
    phone: str = ""


@dataclass(frozen=True)
class Guest:
    """Who sits in a hall; `office` when it is another one than the hall's."""

    full_name: str
    title: str
    role: SeatRole = SeatRole.OFFICER
    office: str = ""


@dataclass(frozen=True)
class Room:
    slug: str
    name: str
    office: str
    address: str
    contact_name: str
    phone: str
    is_central: bool = False
    is_standin: bool = False
    seats: tuple[Guest, ...] = ()


OFFICES = (
    Office(
        "minh-chau",
        "Ủy ban nhân dân tỉnh Minh Châu",
        "UBND tỉnh Minh Châu",
        Kind.PROVINCE,
        "",
        "0299 3810 000",
    ),
    Office(
        "ban-tcd",
        "Ban Tiếp công dân tỉnh Minh Châu",
        "Ban TCD tỉnh",
        Kind.OTHER,
        "minh-chau",
        "0299 3810 154",
    ),
    Office("thanh-tra", "Thanh tra tỉnh Minh Châu", "Thanh tra tỉnh", Kind.DEPARTMENT, "minh-chau"),
    Office("so-nnmt", "Sở Nông nghiệp và Môi trường", "Sở NN&MT", Kind.DEPARTMENT, "minh-chau"),
    Office("thanh-loc", "Ủy ban nhân dân xã Thanh Lộc", "UBND xã Thanh Lộc", Kind.COMMUNE, "minh-chau"),
    Office("hoa-binh", "Ủy ban nhân dân phường Hòa Bình", "UBND phường Hòa Bình", Kind.COMMUNE, "minh-chau"),
    Office("van-son", "Ủy ban nhân dân xã Vân Sơn", "UBND xã Vân Sơn", Kind.COMMUNE, "minh-chau"),
)

PEOPLE = (
    Desk("chu-tri", "Trần Quốc Bảo", "minh-chau", Role.CHAIR, "Chủ tịch UBND tỉnh"),
    Desk("thu-ky", "Lê Thu Hằng", "minh-chau", Role.SECRETARY, "Chuyên viên Văn phòng UBND tỉnh"),
    Desk("thu-ky-2", "Đinh Công Thành", "minh-chau", Role.SECRETARY, "Chuyên viên Ban Tiếp công dân"),
    Desk("ky-thuat", "Phạm Đức Anh", "minh-chau", Role.TECHNICIAN, "Cán bộ kỹ thuật trung tâm", "0299 3810 155"),
    Desk("ky-thuat-2", "Tô Minh Nhật", "minh-chau", Role.TECHNICIAN, "Cán bộ kỹ thuật", "0299 3810 157"),
    Desk("can-bo", "Nguyễn Thị Minh", "minh-chau", Role.CLERK, "Cán bộ tiếp dân, Ban Tiếp công dân", "0299 3810 156"),
    Desk("lanh-dao", "Hoàng Văn Sơn", "minh-chau", Role.APPROVER, "Phó Chủ tịch UBND tỉnh"),
    Desk("thanh-tra", "Vũ Hồng Quân", "minh-chau", Role.INSPECTOR, "Thanh tra viên"),
    Desk("luu-tru", "Đỗ Mai Lan", "minh-chau", Role.ARCHIVIST, "Lưu trữ viên"),
    Desk("quan-tri", "Bùi Tiến Dũng", "minh-chau", Role.ADMIN, "Quản trị hệ thống"),
    Desk("quan-tri-2", "Trịnh Hải Yến", "minh-chau", Role.ADMIN, "Quản trị hệ thống"),
    Desk("quan-sat", "Ngô Thanh Vân", "minh-chau", Role.OBSERVER, "Báo Minh Châu"),
    Desk("co-quan", "Đặng Hữu Phước", "so-nnmt", Role.OFFICER, "Phó Giám đốc Sở"),
    Desk("xa-thanh-loc", "Hà Văn Lượng", "thanh-loc", Role.OFFICER, "Chủ tịch UBND xã Thanh Lộc"),
    Desk("phuong-hoa-binh", "Lương Thị Kim", "hoa-binh", Role.OFFICER, "Phó Chủ tịch UBND phường Hòa Bình"),
    Desk("can-bo-xa", "Cao Thị Nhàn", "thanh-loc", Role.CLERK, "Công chức tiếp công dân xã Thanh Lộc"),
)


def email_of(desk: Desk) -> str:
    """No such domain exists: a demo never writes to anybody."""
    return f"{desk.username}@minhchau.example"


HALLS = (
    Room(
        "trung-tam",
        "Trụ sở Tiếp công dân tỉnh",
        "minh-chau",
        "1 Lê Lợi, phường Minh Châu",
        "Phạm Đức Anh",
        "0299 3810 155",
        is_central=True,
        seats=(
            Guest("Trần Quốc Bảo", "Chủ tịch UBND tỉnh", SeatRole.CHAIR),
            Guest("Lê Thu Hằng", "Chuyên viên Văn phòng UBND tỉnh", SeatRole.SECRETARY),
            Guest("Phạm Đức Anh", "Cán bộ kỹ thuật trung tâm", SeatRole.TECHNICIAN),
            Guest("Trịnh Văn Khôi", "Trưởng Ban Tiếp công dân tỉnh", office="ban-tcd"),
            Guest("Lâm Thị Thảo", "Trưởng phòng Quản lý đất đai", SeatRole.ADVISOR, "so-nnmt"),
        ),
    ),
    Room(
        "xa-thanh-loc",
        "Xã Thanh Lộc",
        "thanh-loc",
        "Trụ sở UBND xã Thanh Lộc",
        "Cao Thị Nhàn",
        "0299 3822 101",
        seats=(
            Guest("Mai Văn Thịnh", "Công dân", SeatRole.CITIZEN),
            Guest("Mai Thị Hợi", "Công dân", SeatRole.CITIZEN),
            Guest("Hà Văn Lượng", "Chủ tịch UBND xã Thanh Lộc"),
        ),
    ),
    Room(
        "phuong-hoa-binh",
        "Phường Hòa Bình",
        "hoa-binh",
        "Trụ sở UBND phường Hòa Bình",
        "Tạ Quang Huy",
        "0299 3822 202",
        seats=(Guest("Lương Thị Kim", "Phó Chủ tịch UBND phường Hòa Bình"),),
    ),
    Room(
        "so-nnmt",
        "Sở Nông nghiệp và Môi trường",
        "so-nnmt",
        "12 Trần Phú",
        "Đặng Hữu Phước",
        "0299 3810 300",
        is_standin=True,
        seats=(Guest("Đặng Hữu Phước", "Phó Giám đốc Sở"),),
    ),
    Room(
        "xa-van-son",
        "Xã Vân Sơn",
        "van-son",
        "Trụ sở UBND xã Vân Sơn",
        "Chu Thị Én",
        "0299 3822 303",
        is_standin=True,
        seats=(Guest("Phùng Văn Đài", "Chủ tịch UBND xã Vân Sơn"),),
    ),
)

# What the register of halls tells of each: level, room, seats, screens, cameras, line, spare line, battery.
FITTINGS: dict[str, tuple[str, str, int, int, int, str, str, bool]] = {
    "trung-tam": ("province", "Hội trường trực tuyến tầng 2", 80, 3, 2, "tslcd", "internet", True),
    "xa-thanh-loc": ("commune", "Phòng họp trực tuyến", 40, 2, 1, "tslcd", "mobile", True),
    "phuong-hoa-binh": ("commune", "Hội trường tầng 1", 60, 2, 1, "tslcd", "internet", True),
    "so-nnmt": ("department", "Phòng họp số 2", 30, 1, 1, "tslcd", "internet", True),
    "xa-van-son": ("commune", "Phòng họp trực tuyến", 30, 1, 1, "internet", "none", False),
}

TITLE = "Khiếu nại về bồi thường, hỗ trợ khi thu hồi đất làm kênh tưới Thanh Lộc"
RECORDERS = (("may-ghi-1", "Máy ghi 1"), ("may-ghi-2", "Máy ghi 2"))
