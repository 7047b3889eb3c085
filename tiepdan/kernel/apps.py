from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "tiepdan.kernel"
    label = "kernel"
    verbose_name = "Nền chung"
