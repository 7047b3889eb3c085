"""`manage.py livekit_config FILE`: the configuration of the LiveKit server that belongs to these settings."""

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tiepdan.media.config import livekit_config


class Command(BaseCommand):
    help = "Ghi tệp cấu hình cho máy chủ LiveKit theo cấu hình của tiepdan."
    # Setup writes this file before the database exists.
    requires_system_checks = []  # noqa: RUF012 – Django's own shape

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="tệp sẽ ghi, ví dụ livekit.yaml")
        parser.add_argument("--bind", default="127.0.0.1", help="địa chỉ nghe tín hiệu")
        parser.add_argument("--node-ip", default="127.0.0.1", help="địa chỉ mà trình duyệt gửi hình, tiếng tới")

    def handle(self, *args: Any, **options: Any) -> None:
        address = urlsplit(settings.LIVEKIT_URL)
        try:
            text = livekit_config(
                port=address.port or (443 if address.scheme == "wss" else 80),
                udp_port=settings.LIVEKIT_UDP_PORT,
                key=settings.LIVEKIT_KEY,
                secret=settings.LIVEKIT_SECRET,
                webhook_url=settings.LIVEKIT_WEBHOOK_URL,
                bind=options["bind"],
                node_ip=options["node_ip"],
            )
            _write(options["file"], text)
        except ValueError as problem:
            raise CommandError(f"Không viết được cấu hình LiveKit: {problem}.") from problem
        except OSError as problem:
            raise CommandError(f"Không ghi được tệp {options['file']}: {problem.strerror}.") from problem


def _write(file: Path, text: str) -> None:
    """All or nothing, and never readable by others: it holds the secret that signs every ticket."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.name)  # made with mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
