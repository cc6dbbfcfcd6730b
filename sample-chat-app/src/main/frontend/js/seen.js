/**
 * The ids of the last messages, so that one that comes twice is shown once: a push that
 * was retried after its reply got lost may have been broadcast the first time already.
 */
export class Seen {
  #keys = new Set();
  #limit;

  constructor(limit = 2000) {
    this.#limit = limit;
  }

  /** Returns whether one of the keys is known, and remembers them all. */
  add(...keys) {
    const known = keys.filter((key) => key !== undefined && key !== null);
    const before = known.some((key) => this.#keys.has(key));
    known.forEach((key) => this.#keys.add(key));
    while (this.#keys.size > this.#limit) {
      this.#keys.delete(this.#keys.values().next().value);
    }
    return before;
  }
}
