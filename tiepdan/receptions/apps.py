from django.apps import AppConfig

EVENTS = {
    "access.refused": "Bị từ chối vào buổi tiếp",
    "credential.issued": "Cấp tài khoản điểm cầu",
    "credential.revoked": "Thu hồi tài khoản điểm cầu",
    "point.signed_in": "Điểm cầu đăng nhập",
    "point.sign_in_refused": "Điểm cầu đăng nhập không được",
}


class ReceptionsConfig(AppConfig):
    name = "tiepdan.receptions"
    verbose_name = "Buổi tiếp"

    def ready(self) -> None:
        from tiepdan.accounts import menu
        from tiepdan.audit import labels
        from tiepdan.receptions.access import home_address

        labels.register(EVENTS)
        menu.add_item("Buổi tiếp", "/buoi-tiep/", order=20)
        menu.add_home(home_address)
