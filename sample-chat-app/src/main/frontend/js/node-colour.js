/**
 * The hue of a node, the same in every browser. It depends on the name only: the text
 * gives the start, and a number at its end adds steps of the golden angle, so that n1, n2,
 * n3 ... have very different hues.
 */
const GOLDEN_ANGLE = 137.508;

export function nodeHue(node) {
  const name = String(node).split('@')[0];
  const number = /\d*$/.exec(name)[0];
  const stem = name.slice(0, name.length - number.length);
  return Math.round((hash(stem) + Number(number.slice(-6)) * GOLDEN_ANGLE) % 360);
}

/** FNV-1a, 32 bits. */
function hash(text) {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return value;
}
