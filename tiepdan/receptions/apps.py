from django.apps import AppConfig

EVENTS = {
    "access.refused": "Bị từ chối vào buổi tiếp",
    "credential.issued": "Cấp tài khoản điểm cầu",
    "credential.printed": "In mật khẩu trong giấy mời",
    "credential.revoked": "Thu hồi tài khoản điểm cầu",
    "point.signed_in": "Điểm cầu đăng nhập",
    "point.sign_in_refused": "Điểm cầu đăng nhập không được",
    "reception.planned": "Lập buổi tiếp",
    "reception.changed": "Sửa kế hoạch buổi tiếp",
    "reception.submitted": "Trình duyệt kế hoạch",
    "reception.withdrawn": "Rút kế hoạch đã trình",
    "reception.returned": "Trả lại kế hoạch để bổ sung",
    "reception.approved": "Duyệt kế hoạch",
    "reception.revised": "Đưa kế hoạch về dự thảo",
    "reception.confirmed": "Xác nhận đủ điều kiện",
    "reception.doubted": "Bỏ xác nhận đủ điều kiện",
    "reception.milestone_met": "Ghi nhận mốc thời hạn",
    "reception.warning_waived": "Chấp nhận cảnh báo",
    "reception.matter_added": "Thêm vụ việc vào buổi tiếp",
    "reception.matter_changed": "Sửa vụ việc trong buổi tiếp",
    "reception.matter_moved": "Đổi thứ tự vụ việc",
    "reception.matter_removed": "Đưa vụ việc ra khỏi buổi tiếp",
    "reception.hall_chosen": "Ghi nguyện vọng điểm cầu của công dân",
    "reception.matrix_set": "Đặt điểm cầu dự từng vụ việc",
    "reception.hall_added": "Thêm điểm cầu",
    "reception.hall_central": "Đặt điểm cầu trung tâm",
    "reception.hall_changed": "Sửa điểm cầu của buổi tiếp",
    "reception.hall_removed": "Bỏ điểm cầu",
    "reception.seat_added": "Thêm người vào thành phần",
    "reception.seat_changed": "Sửa thành phần",
    "reception.seat_removed": "Bỏ người khỏi thành phần",
    "reception.seats_copied": "Sao thành phần lần trước",
}


class ReceptionsConfig(AppConfig):
    name = "tiepdan.receptions"
    verbose_name = "Buổi tiếp"

    def ready(self) -> None:
        from tiepdan.accounts import menu
        from tiepdan.accounts.rules import Role
        from tiepdan.audit import labels
        from tiepdan.receptions import journal
        from tiepdan.receptions.access import home_address
        from tiepdan.receptions.wiring import plan, publication
        from tiepdan.receptions.wishes import wiring as wishes

        labels.register(EVENTS)
        journal.register()
        names = {Role.CHAIR: "Buổi tiếp của tôi", Role.OBSERVER: "Buổi tiếp được mời"}
        # An agency comes by its invitations, an administrator has no part in receptions.
        menu.add_item("Buổi tiếp", "/buoi-tiep/", set(Role) - {Role.OFFICER, Role.ADMIN}, order=20, names=names)
        menu.add_home(home_address)
        plan.register()
        publication.register()
        wishes.register()
