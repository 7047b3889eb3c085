"""What `manage.py` says at its start when this server cannot make PDFs."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from tiepdan.documents.word import office


@register("documents")
def office_is_there(app_configs: Any, **options: Any) -> list[CheckMessage]:
    sentence = office.available().sentence
    return [Warning(sentence, id="documents.W001")] if sentence else []
