"""Whether a Word file that an official changed can serve as a template: every fault in a sentence, before it is taken.

The tags are read as docxtpl reads them, then walked as a tree: which fields they ask for, in which loops.
"""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import docx
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes

from tiepdan.documents.kinds import Field, Kind
from tiepdan.documents.word.render import FILTERS, LOOP_WORDS, TESTS, Broken, FactsEnvironment, render
from tiepdan.documents.word.safety import problems_of

Scope = Mapping[str, Field | None]  # a name and what it stands for; None: nothing is known of it (a plain value)
LOOP = Field("loop", "", fields=tuple(Field(word, word) for word in LOOP_WORDS))
_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Concat,
    nodes.Filter,
    nodes.Test,
    nodes.Add,
    nodes.Sub,
    nodes.List,
    nodes.Tuple,
)
_WORDS = {
    nodes.Call: "gọi hàm",
    nodes.Assign: "set",
    nodes.Macro: "macro",
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "import",
    nodes.Extends: "extends",
    nodes.Block: "block",
    nodes.Mul: "phép nhân",
    nodes.Pow: "phép lũy thừa",
    nodes.Mod: "phép chia lấy dư",
    nodes.Div: "phép chia",
}
DEEPEST = 3  # loops inside loops


def check(kind: Kind, file: bytes) -> list[str]:
    """Sentences, one for each fault; empty when the template may be used."""
    unsafe = problems_of(file)
    if unsafe:
        return unsafe
    walk = _Walk(kind)
    for source in _sources(file):
        try:
            tree = FactsEnvironment().parse(source)
        except TemplateSyntaxError as problem:
            return [f"Mẫu sai cú pháp{_near(source, problem.lineno)}: {_syntax(problem.message or '')}."]
        walk.visit(tree, {field.name: field for field in kind.all_fields}, 0)
    found = walk.sentences()
    missing = [name for name in kind.required if name not in walk.used]
    if missing:
        found.append(f"Mẫu thiếu trường bắt buộc: {', '.join(missing)}.")
    if not found:
        try:
            render(file, kind.sample() | {"trich_yeu": kind.heading})
        except Broken as problem:
            found.append(f"Mẫu không điền được dữ liệu mẫu: {problem}.")
    return found


class _Walk:
    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.used: set[str] = set()
        self.unknown: dict[str, list[str]] = {}
        self.forbidden: dict[str, None] = {}

    def sentences(self) -> list[str]:
        found = [
            f"Mẫu dùng lệnh không được phép: {word}. Chỉ dùng tên trường, «for», «if» và các bộ lọc "
            f"{', '.join(sorted(FILTERS))}."
            for word in self.forbidden
        ]
        for name, near in self.unknown.items():
            help_ = f" Có phải ý là {' hoặc '.join(f'«{one}»' for one in near)}?" if near else ""
            found.append(f"Mẫu có trường lạ: «{name}».{help_}")
        return found

    def visit(self, node: nodes.Node, scope: Scope, depth: int) -> None:
        if not isinstance(node, _ALLOWED):
            self.forbidden[_WORDS.get(type(node), type(node).__name__)] = None
            return
        if isinstance(node, nodes.For):
            self._loop(node, scope, depth)
        elif isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem)):
            self.field_of(node, scope)
        elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
            self.forbidden[f"bộ lọc «{node.name}»"] = None
        elif isinstance(node, nodes.Test) and node.name not in TESTS:
            self.forbidden[f"phép thử «{node.name}»"] = None
        else:
            for child in node.iter_child_nodes():
                self.visit(child, scope, depth)

    def _loop(self, node: nodes.For, scope: Scope, depth: int) -> None:
        if depth >= DEEPEST or node.recursive:
            self.forbidden["vòng lặp lồng quá sâu"] = None
            return
        over = self.field_of(node.iter, scope) if isinstance(node.iter, (nodes.Name, nodes.Getattr)) else None
        if over is None and not isinstance(node.iter, (nodes.Name, nodes.Getattr)):
            self.visit(node.iter, scope, depth)
        if not isinstance(node.target, nodes.Name):
            self.forbidden["vòng lặp có nhiều biến"] = None
            return
        row = Field(node.target.name, node.target.name, fields=over.fields) if over and over.fields else None
        inner = {**scope, node.target.name: row, "loop": LOOP}
        for child in [*([node.test] if node.test else []), *node.body]:
            self.visit(child, inner, depth + 1)
        for child in node.else_:
            self.visit(child, scope, depth)

    def field_of(self, node: nodes.Node, scope: Scope) -> Field | None:
        """What a name or `a.b` stands for; notes what does not exist."""
        if isinstance(node, nodes.Name):
            if node.name not in scope:
                self._unknown(node.name, scope)
                return None
            if self.kind.field(node.name) is not None:
                self.used.add(node.name)
            return scope[node.name]
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int):
            whole = self.field_of(node.node, scope)
            return Field(whole.name, whole.label, fields=whole.fields) if whole and whole.fields else None
        if isinstance(node, (nodes.Getattr, nodes.Getitem)):
            name = _name_of(node)
            if name is None:
                self.forbidden["dấu ngoặc vuông có biểu thức"] = None
                return None
            whole = self.field_of(node.node, scope)
            if isinstance(node.node, nodes.Name) and node.node.name not in scope:
                return None
            inside = {field.name: field for field in whole.fields} if whole else {}
            if whole is not None and whole.is_list:
                inside = {}
            if name not in inside:
                self._unknown(f"{_said(node.node)}.{name}", inside, name)
                return None
            return inside[name]
        self.visit(node, scope, 0)
        return None

    def _unknown(self, shown: str, known: Mapping[str, Any], name: str = "") -> None:
        names = [one for one in known if one != "loop"]
        self.unknown.setdefault(shown, difflib.get_close_matches(name or shown, names, n=2, cutoff=0.6))


def _name_of(node: nodes.Getattr | nodes.Getitem) -> str | None:
    if isinstance(node, nodes.Getattr):
        return node.attr
    return node.arg.value if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str) else None


def _said(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, (nodes.Getattr, nodes.Getitem)):
        return f"{_said(node.node)}.{_name_of(node) or '…'}"
    return "…"


def _sources(file: bytes) -> list[str]:
    """The texts that docxtpl will fill: body, headers, footers, footnotes."""
    reader = DocxTemplate(io.BytesIO(file))
    reader.init_docx()
    paper = docx.Document(io.BytesIO(file))
    found = [reader.patch_xml(reader.get_xml())]
    for part in paper.part.package.iter_parts():
        kind = str(part.content_type).rsplit(".", 1)[-1]
        if kind in ("header+xml", "footer+xml", "footnotes+xml"):
            found.append(reader.patch_xml(part.blob.decode("utf-8")))
    return [re.sub(r"<w:p([ >])", r"\n<w:p\1", text) for text in found]


def _near(source: str, line: int | None) -> str:
    """« gần «…»»: the words of the paragraph where the reader stumbled."""
    lines = source.splitlines()
    if not line or line > len(lines):
        return ""
    words = " ".join(re.sub(r"<[^>]+>", "", lines[line - 1]).split())
    return f" gần «{words[:80]}»" if words else ""


_SYNTAX: Sequence[tuple[str, str]] = (
    ("unexpected end of template", "thiếu thẻ kết thúc («endfor» hoặc «endif»)"),
    ("Encountered unknown tag 'endfor'", "có «endfor» mà không có «for», hoặc sai thứ tự"),
    ("Encountered unknown tag 'endif'", "có «endif» mà không có «if», hoặc sai thứ tự"),
    ("Encountered unknown tag", "có thẻ không hiểu được; chỉ dùng «for», «if» và thẻ kết thúc của chúng"),
    ("unexpected '}'", "dấu ngoặc nhọn không đúng cặp"),
    ("expected token 'end of print statement'", "tên trường có dấu cách hoặc ký tự lạ"),
    ("expected token 'end of statement block'", "thẻ có từ thừa hoặc thiếu dấu đóng"),
    ("unexpected char", "có ký tự lạ trong thẻ"),
    ("no filter named", "bộ lọc không có"),
    ("No filter named", "bộ lọc không có"),
)


def _syntax(message: str) -> str:
    return next((words for part, words in _SYNTAX if part.lower() in message.lower()), message.rstrip("."))
