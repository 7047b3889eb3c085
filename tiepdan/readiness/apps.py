from django.apps import AppConfig

EVENTS = {"readiness.checked": "Kiểm tra thiết bị của điểm cầu"}
# What a step of the check ended with (room/src/readiness); other results are codes of the browser's own troubles.
RESULTS = {"ok": "đạt", "none": "không có", "skipped": "bỏ qua"}


class ReadinessConfig(AppConfig):
    name = "tiepdan.readiness"
    verbose_name = "Sẵn sàng"

    def ready(self) -> None:
        from tiepdan.audit import labels, words

        labels.register(EVENTS)
        for device in ("camera", "microphone", "speaker"):
            words.register(f"readiness.checked:{device}", words.listed(RESULTS))
