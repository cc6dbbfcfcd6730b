/** The element of an id. */
export const byId = (id) => document.getElementById(id);

/** Builds an element; text is only ever set as text, so no message can bring markup. */
export function element(tag, { text, ...attributes } = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, value);
  }
  if (text !== undefined) {
    node.textContent = text;
  }
  node.append(...children);
  return node;
}
