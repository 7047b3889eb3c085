"""What the suite needs of the system is named when it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import system


def test_the_packages_for_pdf_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert system.missing_for_pdf() == ["libreoffice-writer-nogui", "fonts-liberation2", "poppler-utils"]
    assert set(system.missing_for_pdf()) < set(system.missing())
    for name in ("soffice", "pdftotext"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    assert system.missing_for_pdf() == ["fonts-liberation2"]


@pytest.mark.parametrize(("found", "wanted"), [("", False), ("/usr/share/fonts/LiberationSerif.ttf", True)])
def test_a_font_without_vietnamese_letters_does_not_count(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, found: str, wanted: bool
) -> None:
    """fc-list is asked for the letters, not only for the name."""
    program = tmp_path / "fc-list"
    program.write_text(f'#!/bin/sh\ncase "$1" in *charset=1b0*) echo "{found}";; *) echo any;; esac\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert system.has_vietnamese_font() is wanted
