from django.apps import AppConfig

EVENTS = {
    "point.added": "Thêm điểm cầu",
    "point.changed": "Sửa thông tin điểm cầu",
    "point.retired": "Ngừng sử dụng điểm cầu",
    "point.taken_back": "Dùng lại điểm cầu",
    "point.handed_over": "Chuyển cơ quan quản lý điểm cầu",
    "point.handover_began": "Cơ quan mới quản lý điểm cầu",
    "point.handover_withdrawn": "Bỏ lần chuyển cơ quan quản lý",
    "point.listed": "Tải danh sách điểm cầu",
    "point.checked": "Kiểm tra thiết bị của điểm cầu",
    "point.capacity_tested": "Ghi năng lực đã thử",
}


class PointsConfig(AppConfig):
    name = "tiepdan.points"
    verbose_name = "Điểm cầu"

    def ready(self) -> None:
        from tiepdan.accounts import menu
        from tiepdan.accounts.rules import Role
        from tiepdan.audit import labels
        from tiepdan.kernel import due
        from tiepdan.points.access import READERS
        from tiepdan.points.actions.handover import begin_handover
        from tiepdan.points.imports import POINTS
        from tiepdan.points.models import Handover
        from tiepdan.sheets import importers

        labels.register(EVENTS)
        due.register(Handover, begin_handover)
        importers.register(POINTS)
        # An agency comes by its invitations; to administrators it is one of the things to administer.
        menu.add_item("Điểm cầu", "/diem-cau/", READERS - {Role.OFFICER, Role.ADMIN}, order=22)
        menu.add_admin_page(
            "Điểm cầu", "/diem-cau/", "Nơi đặt, thiết bị, người vận hành; ngừng dùng, chuyển.", order=55
        )
