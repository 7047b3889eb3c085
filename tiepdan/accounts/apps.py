from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tiepdan.accounts"
    label = "accounts"
    verbose_name = "Cơ quan và người dùng"

    def ready(self) -> None:
        from tiepdan.accounts import events, menu
        from tiepdan.accounts.rules import Role
        from tiepdan.audit import labels

        labels.register(events.LABELS)
        menu.add_item("Nhật ký", "/quan-tri/nhat-ky/", {Role.ADMIN, Role.INSPECTOR}, order=90)
