const LONGEST = 60_000;

/**
 * Describes the way of a message that has just arrived: from the node that published it to
 * the node of this page, and how long it took. Both clocks are of one machine in the
 * sample; on two machines a difference of their clocks would be in the number.
 */
export function wayOf({ node, at }, self, now) {
  const millis = Math.max(0, Math.round(now - Date.parse(at)));
  if (!self || !(millis < LONGEST)) {
    return { text: '', crossed: false };
  }
  const crossed = node !== self;
  return { text: crossed ? `→ ${self} in ${millis} ms` : `in ${millis} ms`, crossed };
}
