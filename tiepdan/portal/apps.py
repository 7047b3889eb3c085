from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "tiepdan.portal"
    verbose_name = "Trang công khai"
