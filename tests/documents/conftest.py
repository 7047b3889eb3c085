from __future__ import annotations

import pytest

from tests.documents import stage
from tiepdan.documents.word import office


@pytest.fixture(autouse=True)
def _prepared() -> None:
    stage.prepare()


@pytest.fixture
def real_office() -> None:
    """LibreOffice and the font of this machine. `make test` fails when they are missing (scripts/test.py)."""
    ready = office.available()
    if not ready:
        pytest.skip(ready.sentence)
