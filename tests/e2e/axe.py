"""What a page must give everybody: WCAG 2.2 AA as axe-core measures it, and what axe leaves to people."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.stack import ROOT

SOURCE = ROOT / "room" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE = {"width": 1366, "height": 768}
NARROW = {"width": 320, "height": 640}  # 1280 px at 400 %


def arm(page: Page) -> None:
    """The pages forbid foreign script; one that the browser itself brings along is not theirs to forbid."""
    page.context.add_init_script(path=SOURCE)


def faults(page: Page) -> list[str]:
    """What is wrong on the page that is shown, each in a line: rule, where, what it asks for."""
    expect(page.locator(".htmx-request")).to_have_count(0)
    own: list[str] = page.evaluate(_OWN)
    return _told(page.evaluate(_AXE, {"type": "tag", "values": TAGS})) + own


def narrow_faults(page: Page) -> list[str]:
    """At 400 % a page is read by scrolling down only; what is wider, a table, scrolls in a region of its own, also by
    the keyboard."""
    page.set_viewport_size(NARROW)
    found: list[str] = page.evaluate(_WIDE)
    found += _told(page.evaluate(_AXE, {"type": "rule", "values": ["scrollable-region-focusable"]}))
    page.set_viewport_size(WIDE)
    return found


def _told(answer: list[dict[str, Any]]) -> list[str]:
    return [
        f"{rule['id']} · {node['target']} · {rule['help']} · {node['why']}" for rule in answer for node in rule["nodes"]
    ]


_AXE = """async chosen => {
    const rules = chosen.type === "tag" ? {"target-size": {enabled: true}} : {};
    const answer = await axe.run(document, {runOnly: chosen, rules, resultTypes: ["violations"]});
    return answer.violations.map(rule => ({
        id: rule.id,
        help: rule.help,
        nodes: rule.nodes.map(node => ({
            target: node.target.join(" "),
            why: [...node.any, ...node.all, ...node.none].map(check => check.message).join(" "),
        })),
    }));
}"""

_OWN = """() => {
    const found = [];
    const plain = text => text.replace(/\\s+/g, " ").trim();
    const told = element => element.outerHTML.replace(/\\s+/g, " ").slice(0, 120);
    const heads = [...document.querySelectorAll("h1")].filter(head => head.checkVisibility());
    if (heads.length !== 1) found.push(`one-h1 · ${heads.map(told).join(" ")} · a page has exactly one h1`);
    // A page of a case or a plan is named after its part, with the code of the whole behind it.
    const whole = "h1, .tabs a[aria-current], main h2";
    const places = document.querySelector("main .tabs") ? document.querySelectorAll(whole) : heads;
    const names = [...places].map(place => plain(place.textContent).toLowerCase());
    const title = plain(document.title).toLowerCase();
    const first = title.split(" · ")[0];
    if (!names.some(name => name && (title.startsWith(name) || name.startsWith(first)))) {
        found.push(`title · «${document.title}» · begins with the page's own name: ${names.slice(0, 3).join(" | ")}`);
    }
    if (document.documentElement.lang !== "vi") found.push("lang · html · lang=\\"vi\\"");
    const seen = new Set();
    for (const element of document.querySelectorAll("[id]")) {
        if (seen.has(element.id)) found.push(`one-id · #${element.id} · an id is given once`);
        seen.add(element.id);
    }
    axe.setup(document);
    const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    for (const element of document.querySelectorAll(controls)) {
        if (!element.checkVisibility({visibilityProperty: true})) continue;
        if (!plain(axe.commons.text.accessibleText(element))) {
            found.push(`name · ${told(element)} · a control has a name`);
        }
        if (element.matches(".btn-primary") && element.getBoundingClientRect().height < 43.5) {
            found.push(`target-44 · ${told(element)} · the main button is at least 44 px high`);
        }
    }
    axe.teardown();
    return found;
}"""

_WIDE = """() => {
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= edge) return [];
    const guilty = [...document.querySelectorAll("body *")].filter(element => {
        if (element.getBoundingClientRect().right <= edge + 0.5) return false;
        for (let up = element.parentElement; up !== document.body; up = up.parentElement) {
            if (getComputedStyle(up).overflowX !== "visible") return false;
        }
        return true;
    });
    const told = guilty.slice(0, 3).map(element => element.outerHTML.replace(/\\s+/g, " ").slice(0, 120));
    return [`reflow · ${told.join(" ")} · ${document.documentElement.scrollWidth} px wide in a window of ${edge}`];
}"""
