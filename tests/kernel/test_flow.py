from __future__ import annotations

import pytest

from tiepdan.kernel.flow import Flow

DOOR = Flow(
    "door",
    {
        ("shut", "push"): "open",
        ("open", "pull"): "shut",
        ("shut", "turn_key"): "locked",
        ("locked", "turn_key"): "shut",
    },
    {"shut": "Đóng", "open": "Mở", "locked": "Khóa"},
)


@pytest.mark.parametrize(
    ("state", "step", "after"),
    [
        ("shut", "push", "open"),
        ("open", "pull", "shut"),
        ("shut", "turn_key", "locked"),
        ("locked", "push", None),
        ("open", "turn_key", None),
        ("nowhere", "push", None),
        ("shut", "nothing", None),
    ],
)
def test_after(state: str, step: str, after: str | None) -> None:
    assert DOOR.after(state, step) == after


def test_steps_keep_the_order_of_the_table() -> None:
    assert DOOR.steps("shut") == ("push", "turn_key")
    assert DOOR.steps("nowhere") == ()


def test_a_state_without_a_label_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="ajar"):
        Flow("door", {("shut", "push"): "ajar"}, {"shut": "Đóng"})


def test_mermaid() -> None:
    text = DOOR.mermaid()
    assert text.startswith("stateDiagram-v2\n")
    assert '    state "Khóa" as locked\n' in text
    assert "    shut --> open: push\n" in text
