"""The state diagrams in the documents are those of the code."""

from __future__ import annotations

from scripts.domain_docs import DOCUMENT, flows, renewed


def test_the_flows_of_the_spine_are_found() -> None:
    assert {flow.name for _, flow in flows()} >= {"reception", "take"}


def test_the_document_is_current() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text == renewed(text), "run «python -m scripts.domain_docs»"
