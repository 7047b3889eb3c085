from django.apps import AppConfig

EVENTS = {
    "case.looked_up": "Tra cứu kết quả trên trang công khai",
    "lookup.locked": "Khóa tra cứu vì nhập sai 5 lần",
}


class PortalConfig(AppConfig):
    name = "tiepdan.portal"
    verbose_name = "Trang công khai"

    def ready(self) -> None:
        from tiepdan.audit import labels

        labels.register(EVENTS)
