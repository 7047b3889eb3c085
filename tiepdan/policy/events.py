"""Words for what this app writes into the log."""

LABELS = {
    "calendar.day_set": "Ghi ngày nghỉ, ngày làm bù",
    "calendar.day_removed": "Bỏ ngày nghỉ, ngày làm bù",
    "calendar.imported": "Nhập lịch nghỉ",
    "calendar.seeded": "Lập lịch nghỉ gợi ý",
    "calendar.confirmed": "Xác nhận lịch nghỉ năm",
    "calendar.unconfirmed": "Bỏ xác nhận lịch nghỉ năm",
    "policy.value_set": "Đặt giá trị chặt hơn",
    "policy.value_removed": "Bỏ giá trị chặt hơn chưa có hiệu lực",
}
