from django.apps import AppConfig


class PointsConfig(AppConfig):
    name = "tiepdan.points"
    verbose_name = "Điểm cầu"
