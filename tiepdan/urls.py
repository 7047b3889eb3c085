"""Addresses: every app brings its own; the error pages are the kernel's."""

from __future__ import annotations

from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{app.name}.urls"))
    for app in apps.get_app_configs()
    if app.name.startswith("tiepdan.") and find_spec(f"{app.name}.urls")
]

handler403 = "tiepdan.kernel.errors.forbidden"
handler404 = "tiepdan.kernel.errors.not_found"
handler500 = "tiepdan.kernel.errors.broken"
