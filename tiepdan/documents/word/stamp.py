"""Putting number and date into a paper that people have edited in Word: only those words change, nothing else."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.oxml.ns import qn

from tiepdan.documents.word.text import squeezed, text_of

_TEXT = qn("w:t")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def restamp(file: bytes, changes: dict[str, str]) -> tuple[bytes, list[str]]:
    """Replace each old text by its new one, once; the file and the old texts that were not found.

    Spaces are compared as one. The new words take the looks of the first letter that they replace.
    """
    paper = docx.Document(io.BytesIO(file))
    left = dict(changes)
    for paragraph in paper.element.body.iter(qn("w:p")):
        for old in list(left):
            if squeezed(old) in squeezed(text_of(paragraph)) and _replace(paragraph, old, left[old]):
                del left[old]
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue(), list(left)


def _replace(paragraph: Any, old: str, new: str) -> bool:
    nodes = [node for node in paragraph.iter(_TEXT) if node.text]
    letters = [(node, place) for node in nodes for place in range(len(node.text))]
    whole = "".join(node.text for node in nodes)
    found = _span(whole, old)
    if found is None:
        return False
    first, last = found
    head, start = letters[first]
    tail, end = letters[last]
    inside = {id(node): node for node, _ in letters[first : last + 1]}
    if head is tail:
        head.text = head.text[:start] + new + head.text[end + 1 :]
    else:
        rest = tail.text[end + 1 :]
        for node in inside.values():
            node.text = "" if node is not tail else rest
        head.text = whole[first - start : first] + new
    head.set(_SPACE, "preserve")
    tail.set(_SPACE, "preserve")
    return True


def _span(whole: str, old: str) -> tuple[int, int] | None:
    """First and last place of `old` in `whole`, with any run of spaces standing for any other."""
    wanted = squeezed(old)
    flat: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(whole):
        if letter.isspace():
            if flat and flat[-1] == " ":
                continue
            letter = " "
        flat.append(letter)
        places.append(place)
    at = "".join(flat).find(wanted)
    if at < 0:
        return None
    return places[at], places[at + len(wanted) - 1]
