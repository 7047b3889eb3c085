from datetime import timedelta

from django.apps import AppConfig

EVENTS = {
    "station.admitted": "Cán bộ vào phòng",
    "point.admitted": "Điểm cầu được vào phòng",
    "point.joined": "Điểm cầu kết nối",
    "point.left": "Điểm cầu mất kết nối hoặc rời phòng",
    "point.cut_off": "Ngắt điểm cầu vì tài khoản",
    "point.removed": "Mời điểm cầu ra khỏi phòng",
    "point.readmitted": "Cho điểm cầu vào lại",
    "reception.opened": "Khai mạc buổi tiếp",
    "reception.suspended": "Tạm dừng buổi tiếp",
    "reception.resumed": "Tiếp tục buổi tiếp",
    "reception.closed": "Kết thúc buổi tiếp",
    "reception.sealed": "Niêm phong buổi tiếp",
    "floor.given": "Cho phát biểu",
    "floor.withdrawn": "Thu quyền phát biểu",
    "microphone.locked": "Khóa micro",
    "microphone.unlocked": "Mở khóa micro",
    "command.refused": "Lệnh bị từ chối",
    "recording.none": "Không còn bản ghi nào đang chạy",
    "recording.disk_low": "Ổ đĩa của máy ghi sắp đầy",
}

# What the chair asked for when a command was refused; the names of the views.
COMMANDS = {
    "admission": "Vào phòng",
    "open": "Khai mạc",
    "suspend": "Tạm dừng",
    "resume": "Tiếp tục",
    "close": "Kết thúc buổi tiếp",
    "floor": "Cho phát biểu",
    "withdraw": "Thu quyền phát biểu",
    "lock": "Khóa, mở micro",
    "eject": "Mời ra khỏi phòng",
    "readmit": "Cho vào lại",
}

# A short lease: when a worker is killed in the middle, the room must not be left alone for long.
WATCH_LEASE = timedelta(seconds=5)


class LiveConfig(AppConfig):
    name = "tiepdan.live"
    verbose_name = "Phòng tiếp"

    def ready(self) -> None:
        from tiepdan.accounts import menu
        from tiepdan.audit import labels, words
        from tiepdan.kernel import due
        from tiepdan.live.actions.watch import watch
        from tiepdan.live.models import Room
        from tiepdan.live.queries import running_strips

        labels.register(EVENTS)
        words.register("command", words.listed(COMMANDS))
        menu.add_strips(running_strips)
        due.register(Room, watch, lease=WATCH_LEASE)
