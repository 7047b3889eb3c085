"""A step of the set-up is done once for given inputs, and a failure says what to do."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scripts import steps
from scripts.steps import Run, Step, StepFailed, do


@pytest.fixture
def step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Step:
    """Copies its input to its output, and notes each time that it was done."""
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    monkeypatch.setattr(steps, "LOGS", tmp_path / "logs")
    monkeypatch.setattr(steps, "STAMPS", tmp_path / "stamps")
    (tmp_path / "input").write_text("một")
    command = ["/bin/sh", "-c", "cp input output; echo lần >> times"]
    return Step(
        "copy",
        "Chép",
        lambda: [Run(command, cwd=tmp_path)],
        inputs=[tmp_path / "input"],
        outputs=[tmp_path / "output"],
    )


def times(folder: Path) -> int:
    return len((folder / "times").read_text().splitlines())


def test_done_once(step: Step, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert do(step)
    assert not do(step)
    assert times(tmp_path) == 1
    assert capsys.readouterr().out.startswith("✓ Chép (")


def test_done_again_when_an_input_changes(step: Step, tmp_path: Path) -> None:
    do(step)
    (tmp_path / "input").write_text("hai")
    assert do(step)
    assert (tmp_path / "output").read_text() == "hai"


def test_done_again_when_a_fact_changes(step: Step) -> None:
    do(step)
    assert do(replace(step, facts=["go 1.27"]))


def test_done_again_when_an_output_is_gone(step: Step, tmp_path: Path) -> None:
    do(step)
    (tmp_path / "output").unlink()
    assert do(step)


def test_a_new_file_in_a_folder_counts_and_a_skipped_one_does_not(step: Step, tmp_path: Path) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    wide = replace(step, inputs=[folder], skip=lambda path: path.name.endswith("_test.go"))
    do(wide)
    (folder / "a_test.go").write_text("")
    assert not do(wide)
    (folder / "a.go").write_text("")
    assert do(wide)


def failing(step: Step, script: str) -> Step:
    return replace(step, runs=lambda: [Run([sys.executable, "-c", script])])


def test_a_failure_shows_the_end_of_the_log_and_is_done_again(step: Step, tmp_path: Path) -> None:
    with pytest.raises(StepFailed) as failure:
        do(failing(step, "import sys; print('dòng cuối'); sys.exit(3)"))
    assert "mã 3" in str(failure.value)
    assert "dòng cuối" in str(failure.value)
    assert "logs/copy.log" in str(failure.value)
    assert do(step)


def test_a_failure_without_network_says_so(step: Step) -> None:
    with pytest.raises(StepFailed, match="không ra được mạng"):
        do(failing(step, "raise SystemExit('npm error code EAI_AGAIN')"))


def test_a_failed_step_that_was_fresh_before_is_not_fresh_any_more(step: Step, tmp_path: Path) -> None:
    do(step)
    (tmp_path / "input").write_text("ba")
    with pytest.raises(StepFailed):
        do(failing(step, "raise SystemExit(1)"))
    (tmp_path / "input").write_text("một")
    assert do(step)


def test_a_program_that_is_not_there(step: Step) -> None:
    with pytest.raises(StepFailed, match="mã 127"):
        do(replace(step, runs=lambda: [Run(["/nowhere/go", "build"])]))
