// The few helpers for making elements. Nothing here writes markup or style attributes: the page's CSP forbids both.

type Props = Record<string, string | boolean | EventListener>;
type Child = Node | string;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K, props: Props = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  set(node, props);
  node.append(...children);
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K, props: Props = {}, ...children: Child[]
): SVGElementTagNameMap[K] {
  const node = document.createElementNS(SVG, tag);
  set(node, props);
  node.append(...children);
  return node;
}

function set(node: Element, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false) node.setAttribute(name, value);
  }
}

/** Writes only when the text differs: screen readers and layout stay quiet. */
export function text(node: Node, value: string): void {
  if (node.textContent !== value) node.textContent = value;
}

export function show(node: Element, visible: boolean): void {
  if (node.hasAttribute("hidden") === visible) node.toggleAttribute("hidden", !visible);
}

const ICONS = {
  play: "M7 4.5v15l12-7.5z",
  pause: "M6.5 5h4v14h-4zM13.5 5h4v14h-4z",
  back: "M11.5 6v12L3 12zM20.5 6v12L12 12z",
  forward: "M12.5 6v12l8.5-6zM3.5 6v12l8.5-6z",
  sound: "M4 9.5v5h3.5L12 19V5L7.5 9.5zM14.5 8.2l1.2-1.4a6.5 6.5 0 0 1 0 10.4l-1.2-1.4a4.7 4.7 0 0 0 0-7.6z",
  larger: "M4 4h7v2H6v5H4zM20 20h-7v-2h5v-5h2z",
} as const;

export type Icon = keyof typeof ICONS;

export function icon(name: Icon): SVGElement {
  return svg("svg", { class: "pl-icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: ICONS[name], fill: "currentColor" }));
}

export function setIcon(holder: Element, name: Icon): void {
  if (holder.getAttribute("data-icon") === name) return;
  holder.setAttribute("data-icon", name);
  holder.querySelector("svg")?.replaceWith(icon(name));
}
