"""Conventions that a machine can hold (docs/architecture.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "tiepdan"
TEMPLATES = sorted(HOUSE.glob("**/templates/**/*.html"))
MODULES = sorted(file for file in HOUSE.glob("**/*.py") if "migrations" not in file.parts)
OURS = [*MODULES, *sorted((ROOT / "tests").glob("**/*.py")), *sorted((ROOT / "scripts").glob("**/*.py"))]
SOURCES = [
    *OURS,
    *TEMPLATES,
    *sorted((HOUSE / "static" / "css").glob("*.css")),
    *(file for file in sorted((ROOT / "room").glob("*/**/*.ts")) if "node_modules" not in file.parts),
    *sorted((ROOT / "recorder").glob("**/*.go")),
]

# Lowest first. A room imports only rooms of lower floors, and itself.
FLOORS: list[set[str]] = [
    {"kernel"},
    {"law"},
    {"audit"},  # below accounts: docs/decisions/0001-audit-below-accounts.md
    {"accounts"},
    {"policy"},
    {"files"},
    {"sheets"},
    {"notify"},
    {"documents"},
    {"cases"},
    {"points"},
    {"receptions"},
    {"invitations"},
    {"readiness"},
    {"recordings"},
    {"live"},
    {"minutes"},
    {"reports"},
    {"portal"},
    {"demo"},
]
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
# The port to the media engine is a leaf beside the floors.
MEDIA_USERS = {"readiness", "recordings", "live", "demo"}
# What pure code may use besides `law` and the rules of lower rooms.
PURE = {"tiepdan.kernel.flow", "tiepdan.media.port"}
# Modules that stand on no floor: they put the house together.
FRAME = {"settings", "environment", "urls", "wsgi", "formats", "templates", "static"}


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def room_of(file: Path) -> str:
    return file.relative_to(HOUSE).parts[0].removesuffix(".py")


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """Modules that a file imports when it runs (not those under TYPE_CHECKING), with the line."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                package = file.relative_to(ROOT).parts[: -node.level]
                module = ".".join([*package, *filter(None, [module])])
            yield module, node.lineno
            if module == "tiepdan":
                yield from ((f"tiepdan.{alias.name}", node.lineno) for alias in node.names)


def test_every_room_has_a_floor() -> None:
    rooms = {folder.name for folder in HOUSE.iterdir() if (folder / "__init__.py").exists()}
    assert rooms - set(FLOOR) - FRAME - {"media"} == set()


def test_a_room_never_imports_a_higher_one() -> None:
    wrong = []
    for file in MODULES:
        room = room_of(file)
        for module, line in imports(file):
            parts = module.split(".")
            if parts[0] != "tiepdan" or len(parts) < 2 or parts[1] == room or room in FRAME | {"__init__"}:
                continue
            target = parts[1]
            if room == "media":
                allowed = target in FRAME
            elif target == "media":
                allowed = room in MEDIA_USERS
            else:
                allowed = target in FLOOR and FLOOR[target] < FLOOR[room]
            if not allowed:
                wrong.append(f"{name(file)}:{line} imports {module}")
    assert wrong == []


def test_the_port_is_a_leaf() -> None:
    port = HOUSE / "media" / "port.py"
    if port.exists():
        assert [module for module, _ in imports(port) if module.startswith(("tiepdan", "django", "livekit"))] == []


def test_only_the_adapter_knows_livekit() -> None:
    users = {name(file) for file in MODULES for module, _ in imports(file) if module.split(".")[0] == "livekit"}
    assert users <= {"tiepdan/media/livekit.py"}


def test_rules_are_pure() -> None:
    """No Django, no clock, no rows: `rules.py` and the whole of `law` see plain facts."""
    wrong = []
    for file in MODULES:
        if file.name == "rules.py" or room_of(file) == "law" or "rules" in file.parts:
            for module, line in imports(file):
                ours = module.startswith("tiepdan.")
                pure = module in PURE or module.startswith("tiepdan.law") or ".rules." in f"{module}."
                if module.split(".")[0] in ("django", "time") or (ours and not pure):
                    wrong.append(f"{name(file)}:{line} imports {module}")
            if re.search(r"\.(now|today|utcnow)\(", file.read_text(encoding="utf-8")):
                wrong.append(f"{name(file)} reads the clock")
    assert wrong == []


def test_only_move_changes_a_state() -> None:
    wrong = [
        f"{name(file)}:{node.lineno}"
        for file in MODULES
        if room_of(file) != "kernel"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "state"
    ]
    assert wrong == []


def test_the_clock_is_read_at_the_edge() -> None:
    """`now` is an argument below views, commands, context processors and the engine's adapters."""
    edge = re.compile(r"(views|commands|middleware|context|access|media/|sheets/journal)")
    wrong = []
    for file in MODULES:
        if edge.search("/".join(file.relative_to(HOUSE).parts)):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {
                "timezone.now",
                "datetime.now",
                "datetime.utcnow",
                "date.today",
                "now",
                "time.time",
                "timezone.localdate",
                "timezone.localtime",
            }:
                bare = ast.unparse(node.func) in {"timezone.localdate", "timezone.localtime"} and node.args
                if not bare:
                    wrong.append(f"{name(file)}:{node.lineno} {ast.unparse(node)}")
    assert wrong == []


@pytest.mark.parametrize("file", SOURCES, ids=name)
def test_no_file_is_long(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400


INLINE = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.I),
    "an inline style sheet": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"\sstyle\s*=", re.I),
    "an event handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "hx-on": re.compile(r"\shx-on", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "something from outside": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.I),
    "unescaped output": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
}


@pytest.mark.parametrize("file", TEMPLATES, ids=name)
def test_templates_keep_the_browser_rules(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


# Public pages set no cookie: there is nothing to compare a token with (portal/views/page.py says what stands instead).
WITHOUT_COOKIE = HOUSE / "templates" / "portal"


@pytest.mark.parametrize("file", [file for file in TEMPLATES if "<form" in file.read_text("utf-8")], ids=name)
def test_every_post_form_carries_the_token(file: Path) -> None:
    forms = re.findall(r"<form\b.*?</form>", file.read_text(encoding="utf-8"), re.S | re.I)
    posts = [form for form in forms if re.search(r"method=[\"']post", form, re.I)]
    is_public = WITHOUT_COOKIE in file.parents
    assert [form[:60] for form in posts if ("csrf_token" in form) == is_public] == []


def test_no_signals_between_our_apps() -> None:
    wrong = [name(file) for file in MODULES for module, _ in imports(file) if module == "django.dispatch"]
    assert wrong == []


def test_tests_do_not_sleep_or_mock_our_code() -> None:
    """They await a condition; `eventually` of tests/engine.py is the one place that pauses between two looks."""
    wrong = []
    for file in (ROOT / "tests").glob("**/*.py"):
        text = file.read_text(encoding="utf-8")
        sleeps = "time.sleep(" in text and name(file) != "tests/engine.py"
        if file != Path(__file__) and (sleeps or re.search(r"unittest\.mock|MagicMock", text)):
            wrong.append(name(file))
    assert wrong == []


CLOCK_OR_CHANCE = re.compile(
    r"\b(timezone\.(now|localdate|localtime)|datetime\.(now|utcnow)|date\.today|localdate|time\.time(_ns)?"
    r"|uuid\.uuid[14]|uuid[14]|secrets\.\w+|random\.\w+|(signing|signer)\.\w+|sign\w*)$"
)


def evaluated_on_import(node: ast.AST) -> Iterator[ast.Call]:
    """Calls of a module outside its functions, with the arguments of decorators: names of parametrized tests."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for outer in [*child.decorator_list, child.args]:
                yield from evaluated_on_import(ast.Expression(body=outer))  # type: ignore[arg-type]
        elif not isinstance(child, ast.Lambda):
            if isinstance(child, ast.Call):
                yield child
            yield from evaluated_on_import(child)


def test_tests_are_named_without_clock_and_chance() -> None:
    """Two processes that collect the suite find the same names, and every test lives at the moment of conftest.py."""
    wrong = [
        f"{name(file)}:{call.lineno} {ast.unparse(call)}"
        for file in sorted((ROOT / "tests").glob("**/*.py"))
        for call in evaluated_on_import(ast.parse(file.read_text(encoding="utf-8")))
        if CLOCK_OR_CHANCE.search(ast.unparse(call.func)) and not (call.args and "local" in ast.unparse(call.func))
    ]
    assert wrong == []
