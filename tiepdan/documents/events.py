"""Words for what this room writes into the log."""

LABELS = {
    "document.drafted": "Soạn văn bản",
    "document.dropped": "Bỏ dự thảo văn bản",
    "document.edited": "Tải lên bản Word đã sửa",
    "document.numbered": "Cấp số văn bản",
    "document.issued": "Phát hành văn bản",
    "document.replaced": "Văn bản được thay thế",
    "document.signed": "Nhận bản ký số",
    "document.pdf_asked": "Yêu cầu tạo PDF",
    "batch.started": "Tạo bộ văn bản",
    "batch.finished": "Tạo xong bộ văn bản",
    "batch.cancelled": "Dừng tạo bộ văn bản",
    "template.accepted": "Nhận mẫu văn bản của cơ quan",
    "template.withdrawn": "Dùng lại mẫu gốc",
    "letterhead.changed": "Sửa phần đầu và phần ký của văn bản",
}
