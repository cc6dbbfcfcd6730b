const SVG = 'http://www.w3.org/2000/svg';

function fill(node, { text, on = {}, ...attributes } = {}, children = []) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) {
      node.setAttribute(name, '');
    } else if (value !== undefined && value !== null && value !== false) {
      node.setAttribute(name, String(value));
    }
  }
  for (const [event, listener] of Object.entries(on)) {
    node.addEventListener(event, listener);
  }
  if (text !== undefined) {
    node.textContent = text;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Creates an element. Text is set as text only, so that nothing a client chose can be markup. */
export const element = (tag, properties, ...children) => fill(document.createElement(tag), properties, children);

/** Creates an element of a drawing. */
export const drawn = (tag, properties, ...children) => fill(document.createElementNS(SVG, tag), properties, children);

export const byTestId = (id) => document.querySelector(`[data-testid="${id}"]`);

/** Sets a text only if it is another one, so that nothing is announced twice. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}
