"""A workflow is a table: (state, step) → state. The same table drives rows, buttons, diagrams and tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Flow:
    """`states` maps every state to the words that the screen shows; `table` holds the allowed steps."""

    name: str
    table: Mapping[tuple[str, str], str]
    states: Mapping[str, str]

    def __post_init__(self) -> None:
        unknown = {s for (old, _), new in self.table.items() for s in (old, new)} - set(self.states)
        if unknown:
            raise ValueError(f"flow {self.name}: states without a label: {sorted(unknown)}")

    def after(self, state: str, step: str) -> str | None:
        """The state that the step leads to, or None when the step is not allowed now."""
        return self.table.get((state, step))

    def steps(self, state: str) -> tuple[str, ...]:
        """Steps that are allowed in a state, in the order of the table."""
        return tuple(step for (old, step) in self.table if old == state)

    def label(self, state: str) -> str:
        return self.states.get(state, state)

    def mermaid(self) -> str:
        """A state diagram for the documents (text of a mermaid block)."""
        lines = ["stateDiagram-v2"]
        lines += [f'    state "{label}" as {state}' for state, label in self.states.items()]
        lines += [f"    {old} --> {new}: {step}" for (old, step), new in self.table.items()]
        return "\n".join(lines) + "\n"
