from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "tiepdan.files"
    verbose_name = "Kho tệp"
