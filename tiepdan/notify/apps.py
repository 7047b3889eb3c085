from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "tiepdan.notify"
    verbose_name = "Gửi và nhận"
