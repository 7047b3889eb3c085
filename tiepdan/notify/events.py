"""Words of the log."""

from __future__ import annotations

EVENTS = {
    "delivery.prepared": "Soạn thư, để vào hộp gửi",
    "delivery.released": "Cho gửi",
    "delivery.address_changed": "Đổi cách gửi, địa chỉ nhận",
    "delivery.dropped": "Bỏ khỏi hộp gửi",
    "delivery.retried": "Gửi lại",
    "delivery.sent": "Đã gửi",
    "delivery.delivered": "Đã đến nơi",
    "delivery.failed": "Gửi không được",
    "delivery.unsure": "Không rõ đã gửi chưa",
    "delivery.confirmed_sent": "Xác nhận thư đã đến",
    "delivery.handed_over": "Ghi nhận đã giao tay",
    "delivery.sent_by_axis": "Ghi nhận đã gửi qua trục văn bản",
    "delivery.opened": "Người nhận đã mở",
    "delivery.acknowledged": "Xác nhận tham dự",
    "delivery.declined": "Báo không dự",
}
