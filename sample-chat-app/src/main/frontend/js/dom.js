/** The element of an id. */
export const byId = (id) => document.getElementById(id);

/** Lets the keyboard reach a list while not all of it is visible. */
export function reachable(list) {
  const update = () => {
    if (list.scrollHeight > list.clientHeight + 1) {
      list.tabIndex = 0;
    } else {
      list.removeAttribute('tabindex');
    }
  };
  new ResizeObserver(update).observe(list);
  new MutationObserver(update).observe(list, { childList: true });
}

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
