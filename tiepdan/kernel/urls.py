from django.urls import path

from tiepdan.kernel.health import healthz

urlpatterns = [path("healthz", healthz, name="healthz")]
