from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "tiepdan.sheets"
    verbose_name = "Nhập, xuất bảng tính"
