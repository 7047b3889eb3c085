from datetime import timedelta

from django.apps import AppConfig

EVENTS = {
    "sheets.uploaded": "Tải lên bảng Excel",
    "sheets.imported": "Nhập từ Excel",
    "sheets.dropped": "Bỏ bảng Excel đã tải lên",
}


class SheetsConfig(AppConfig):
    name = "tiepdan.sheets"
    verbose_name = "Nhập, xuất bảng tính"

    def ready(self) -> None:
        from tiepdan.accounts import menu
        from tiepdan.audit import labels
        from tiepdan.kernel import due
        from tiepdan.sheets import actions, holidays, importers, office
        from tiepdan.sheets.models import Upload

        labels.register(EVENTS)
        due.register(Upload, actions.go_on, timedelta(minutes=5), is_slow=True)
        importers.register(office.AGENCIES)
        importers.register(office.PEOPLE)
        importers.register(holidays.HOLIDAYS)
        menu.add_admin_page("Nhập từ Excel", "/nhap-bang/", "Danh sách cơ quan, người dùng và các bảng khác.", order=60)
