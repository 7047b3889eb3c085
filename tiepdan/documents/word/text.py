"""The text of a Word file, paragraph by paragraph."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

_TEXT, _TAB, _BREAK, _CR = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")
_HYPHEN, _PARAGRAPH, _RUN = qn("w:noBreakHyphen"), qn("w:p"), qn("w:r")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def paragraphs(file: bytes) -> list[str]:
    """Every paragraph that holds letters, in the order of the file, cells of tables included; spaces made single.

    Text that is marked as deleted does not count, inserted text does.
    """
    body = docx.Document(io.BytesIO(file)).element.body
    return [text for node in body.iter(_PARAGRAPH) if (text := squeezed(text_of(node)))]


def text_of(paragraph: Any) -> str:
    return "".join(_pieces(paragraph))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def _pieces(node: Any) -> Iterator[str]:
    for child in node:
        if child.tag in (_PARAGRAPH, _FALLBACK):  # a box inside this paragraph has paragraphs of its own
            continue
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in (_TAB, _BREAK, _CR):
            if node.tag == _RUN:
                yield " "
        elif child.tag == _HYPHEN:
            yield "-"
        else:
            yield from _pieces(child)
