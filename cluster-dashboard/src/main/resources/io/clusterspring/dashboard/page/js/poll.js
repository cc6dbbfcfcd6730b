const LONGEST_PAUSE = 10_000;

/**
 * Asks again and again: the next question waits until the one before is answered, and none is asked while the page
 * is hidden. After a failure the pause grows.
 */
export class Poll {
  /** @param task asks once, with a signal that ends it, and returns a promise */
  constructor(task, every, surroundings = document) {
    this.task = task;
    this.every = every;
    this.surroundings = surroundings;
    this.running = false;
    this.failures = 0;
    this.visible = () => {
      if (!this.surroundings.hidden && this.running && this.waiting) {
        this.now();
      }
    };
  }

  start() {
    if (!this.running) {
      this.running = true;
      this.surroundings.addEventListener('visibilitychange', this.visible);
      this.now();
    }
    return this;
  }

  stop() {
    this.running = false;
    this.surroundings.removeEventListener('visibilitychange', this.visible);
    clearTimeout(this.timer);
    this.ending?.abort();
  }

  /** Asks at once; what is under way is of no interest any more. */
  now() {
    clearTimeout(this.timer);
    this.ending?.abort();
    const ending = new AbortController();
    this.ending = ending;
    this.waiting = false;
    Promise.resolve()
      .then(() => this.task(ending.signal))
      .then(() => { this.failures = 0; }, () => { this.failures += 1; })
      .then(() => {
        if (this.ending === ending && this.running) {
          this.waiting = true;
          this.pause();
        }
      });
  }

  pause() {
    if (!this.surroundings.hidden) {
      const millis = Math.min(this.every * 2 ** Math.min(this.failures, 4), Math.max(LONGEST_PAUSE, this.every));
      this.timer = setTimeout(() => {
        if (!this.surroundings.hidden) {
          this.now();
        }
      }, millis);
    }
  }
}
