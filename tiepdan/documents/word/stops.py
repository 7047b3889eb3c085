"""One full stop where two would meet: a title that ends with one, in a sentence of the template that ends with one."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn

_PARAGRAPH, _TEXT = qn("w:p"), qn("w:t")
# «….» + «.» and «….» + «;» of a list; neither an ellipsis nor «v.v.;».
DOUBLED = re.compile(r"(?<![.…])\.(?=\.(?![.…]))|(?<![.…])(?<!v\.v)\.(?=;)")


def drop_doubled(body: Any) -> None:
    """In the paragraphs of a paper; a sentence may stand in several runs, so letters are looked at across them."""
    for paragraph in body.iter(_PARAGRAPH):
        nodes = [node for node in paragraph.iter(_TEXT) if node.text]
        letters = [(node, place) for node in nodes for place in range(len(node.text))]
        # From the end, so that earlier places keep their numbers.
        for found in reversed(list(DOUBLED.finditer("".join(node.text for node in nodes)))):
            node, place = letters[found.start()]
            node.text = node.text[:place] + node.text[place + 1 :]
