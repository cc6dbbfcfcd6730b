/** The element of an id. */
export const byId = (id) => document.getElementById(id);

/** Creates an element. Text is set as text only, so a message cannot contain markup. */
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
