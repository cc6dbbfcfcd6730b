const PAUSE = 3000;

/** Tracks the state of the user: away while the page is hidden, typing until a pause. */
export class Myself {
  #tell;
  #page;
  #told;
  #typing = false;
  #pause;

  /** @param tell ({status, typing}) => void, called only on a change */
  constructor(tell, page = document) {
    this.#tell = tell;
    this.#page = page;
    page.addEventListener('visibilitychange', () => this.#report());
  }

  /** The user is in a room again, where the node assumes the state online and not typing. */
  joined() {
    this.#told = describe({ status: 'online', typing: false });
    this.#report();
  }

  typing(typing) {
    clearTimeout(this.#pause);
    this.#typing = typing;
    if (typing) {
      this.#pause = setTimeout(() => this.typing(false), PAUSE);
    }
    this.#report();
  }

  #report() {
    const state = { status: this.#page.hidden ? 'away' : 'online', typing: this.#typing };
    if (describe(state) !== this.#told) {
      this.#told = describe(state);
      this.#tell(state);
    }
  }
}

const describe = ({ status, typing }) => `${status} ${typing}`;
