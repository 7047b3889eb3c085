from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "tiepdan.media"
    verbose_name = "Âm thanh và hình ảnh"
