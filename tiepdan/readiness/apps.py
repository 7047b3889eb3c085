from django.apps import AppConfig

EVENTS = {"readiness.checked": "Kiểm tra thiết bị của điểm cầu"}


class ReadinessConfig(AppConfig):
    name = "tiepdan.readiness"
    verbose_name = "Sẵn sàng"

    def ready(self) -> None:
        from tiepdan.audit import labels

        labels.register(EVENTS)
