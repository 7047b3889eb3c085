from django.apps import AppConfig

EVENTS = {
    "recording.requested": "Yêu cầu ghi",
    "recording.viewed": "Mở trang bản ghi",
    "recording.started": "Máy ghi bắt đầu ghi",
    "recording.anchored": "Neo mã băm của bản ghi",
    "recording.sealed": "Niêm phong bản ghi",
    "recording.lost": "Mất bản ghi của một máy",
    "recording.went_on": "Máy ghi báo nhịp trở lại, bản ghi không mất",
    "recording.failed": "Bản ghi hỏng",
    "recording.error": "Lỗi của máy ghi",
    "recording.gap": "Khoảng trống trong bản ghi",
    "recording.drop": "Máy ghi rơi gói tin",
    "recording.width": "Hình nhỏ hơn mức cần ghi",
    "recording.rejoin": "Máy ghi vào lại phòng",
}


class RecordingsConfig(AppConfig):
    name = "tiepdan.recordings"
    verbose_name = "Bản ghi"

    def ready(self) -> None:
        from tiepdan.accounts import tasks
        from tiepdan.audit import labels
        from tiepdan.recordings.counts import disks

        labels.register(EVENTS)
        tasks.add_counts(disks)
