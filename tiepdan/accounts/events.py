"""Words for what this app writes into the log."""

LABELS = {
    "signin.staff": "Đăng nhập",
    "signin.failed": "Đăng nhập không thành công",
    "signin.locked": "Khóa đăng nhập 15 phút",
    "signout.staff": "Đăng xuất",
    "audit.verified": "Kiểm tra chuỗi nhật ký",
}
