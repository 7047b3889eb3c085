"""`manage.py build_templates`: write the templates that come with tiepdan anew from `documents/layout`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tiepdan.documents import layout
from tiepdan.documents.kinds import KINDS


class Command(BaseCommand):
    help = "Writes the built-in Word templates anew."

    def handle(self, *args: Any, **options: Any) -> None:
        layout.FOLDER.mkdir(exist_ok=True)
        for kind in KINDS:
            fresh, place = layout.build(kind), layout.place(kind)
            if not place.exists() or place.read_bytes() != fresh:
                place.write_bytes(fresh)
                self.stdout.write(f"{place.name}: {len(fresh)} bytes")
