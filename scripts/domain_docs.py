"""Keeps the state diagrams of docs/domain.md equal to the flow tables of the code.

python -m scripts.domain_docs            write them anew
python -m scripts.domain_docs --check    fail when they are out of date
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from scripts.paths import ROOT
from tiepdan.kernel.flow import Flow

DOCUMENT = ROOT / "docs" / "domain.md"
BEGIN = "<!-- flows: written by «python -m scripts.domain_docs», do not edit -->"
END = "<!-- end of flows -->"


def flows() -> list[tuple[str, Flow]]:
    """Every flow of every room, with the module that holds it."""
    found: dict[int, tuple[str, Flow]] = {}
    for file in sorted((ROOT / "tiepdan").glob("*/rules.py")):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for thing in vars(import_module(name)).values():
            if isinstance(thing, Flow):
                found.setdefault(id(thing), (name, thing))
    return list(found.values())


def chapter() -> str:
    parts = [f"### {flow.name}\n\nTable: `{module}`\n\n```mermaid\n{flow.mermaid()}```" for module, flow in flows()]
    return "\n\n".join(parts)


def renewed(text: str) -> str:
    """The document with the diagrams of today."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{chapter()}\n\n{END}{after}"


def main(arguments: Sequence[str]) -> int:
    old = DOCUMENT.read_text(encoding="utf-8")
    new = renewed(old)
    if "--check" in arguments:
        if old != new:
            print("docs/domain.md is out of date: run «python -m scripts.domain_docs»", file=sys.stderr)
        return int(old != new)
    DOCUMENT.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
