from django.apps import AppConfig

EVENTS = {"point.added": "Thêm điểm cầu"}


class PointsConfig(AppConfig):
    name = "tiepdan.points"
    verbose_name = "Điểm cầu"

    def ready(self) -> None:
        from tiepdan.audit import labels
        from tiepdan.points.imports import POINTS
        from tiepdan.sheets import importers

        labels.register(EVENTS)
        importers.register(POINTS)
