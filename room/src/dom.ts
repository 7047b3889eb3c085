// The few lines that stand in for a framework.

type Child = Node | string | null | undefined;
type Attributes = Record<string, string | boolean | null | undefined>;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) attribute(node, name, value);
  for (const child of children) if (child !== null && child !== undefined) node.append(child);
  return node;
}

export function attribute(node: Element, name: string, value: string | boolean | null | undefined): void {
  if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else {
    const text = value === true ? "" : value;
    // Unchanged values are left alone: a screen reader repeats what is written again.
    if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

export function write(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

export function show(node: HTMLElement, visible: boolean): void {
  if (node.hidden === visible) node.hidden = !visible;
}

/** Makes `parent` hold exactly these children in this order, moving as few as possible (a moved video stops). */
export function hold(parent: Element, children: Element[]): void {
  for (const old of [...parent.children]) if (!children.includes(old)) old.remove();
  children.forEach((child, at) => {
    if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null);
  });
}

const parser = new DOMParser();

/** An icon for the eye only: the word stands beside it. */
export function icon(svg: string): SVGElement {
  const node = parser.parseFromString(svg, "image/svg+xml").documentElement as unknown as SVGElement;
  node.setAttribute("aria-hidden", "true");
  node.setAttribute("class", "icon");
  return document.importNode(node, true);
}

export function button(label: string, look: string, press: () => void, hooks: Attributes = {}): HTMLButtonElement {
  const node = make("button", { type: "button", class: `btn ${look}`, ...hooks }, label);
  node.addEventListener("click", press);
  return node;
}
