from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "tiepdan.demo"
    verbose_name = "Tỉnh thử nghiệm"
