from django.apps import AppConfig

EVENTS = {
    "point.added": "Thêm điểm cầu",
    "point.checked": "Kiểm tra thiết bị của điểm cầu",
    "point.capacity_tested": "Ghi năng lực đã thử",
}


class PointsConfig(AppConfig):
    name = "tiepdan.points"
    verbose_name = "Điểm cầu"

    def ready(self) -> None:
        from tiepdan.accounts import menu
        from tiepdan.audit import labels
        from tiepdan.points.access import READERS
        from tiepdan.points.imports import POINTS
        from tiepdan.sheets import importers

        labels.register(EVENTS)
        importers.register(POINTS)
        menu.add_item("Điểm cầu", "/diem-cau/", READERS, order=30)
