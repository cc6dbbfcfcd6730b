const LONGEST = 60_000;

/**
 * Describes the way of a message that has just arrived: from the node that published it to
 * the node of this page, and how long it took. Both clocks are of one machine in the
 * sample; on two machines a difference of their clocks would be in the number.
 */
export function wayOf(message, self, now) {
  const { node } = message;
  const millis = millisOf(message, now);
  if (!self || millis === undefined) {
    return { text: '', crossed: false };
  }
  const crossed = node !== self;
  return { text: crossed ? `→ ${self} in ${millis} ms` : `in ${millis} ms`, crossed };
}

/** The milliseconds that a message took, or undefined if it was not published just now. */
export function millisOf(message, now) {
  const millis = Math.max(0, Math.round(now - Date.parse(message?.at)));
  return millis < LONGEST ? millis : undefined;
}
