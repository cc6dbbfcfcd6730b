/**
 * The ids of the latest messages, so that a repeated message is shown once: a push that is
 * retried after a lost reply may already have been broadcast the first time.
 */
export class Seen {
  #keys = new Set();
  #limit;

  constructor(limit = 2000) {
    this.#limit = limit;
  }

  /** Returns whether one of the keys is known, and remembers all of them. */
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
