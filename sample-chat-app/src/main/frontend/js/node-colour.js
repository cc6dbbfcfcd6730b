/**
 * The hue of a node, the same in every browser without asking anyone: the name decides
 * where the circle starts, and a number at its end steps along by the golden angle, so
 * that n1, n2, n3 ... lie far apart.
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
