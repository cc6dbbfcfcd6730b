import { nodeHue } from './node-colour.js';

/** Gives an element the colour of a node. */
export function tint(target, node) {
  target.style.setProperty('--hue', nodeHue(node));
  target.dataset.node = node;
  return target;
}
