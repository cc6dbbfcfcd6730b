import { byId } from './dom.js';

/** The field for a new message: Enter sends, Shift+Enter starts a line. */
export class Composer {
  #form = byId('composer');
  #body = byId('body');
  #send = byId('send');
  #ready = false;

  /** @param onTyping (whether the field has text) => void, called at every key; not needed */
  constructor(onPost, onTyping = () => {}) {
    this.#body.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#form.requestSubmit(this.#send.disabled ? undefined : this.#send);
      }
    });
    this.#body.addEventListener('input', () => {
      this.#resize();
      onTyping(this.#body.value !== '');
    });
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      const body = this.#body.value.trim();
      if (body && this.#ready) {
        onPost(body);
        this.#body.value = '';
        this.#resize();
        onTyping(false);
      }
      this.#body.focus();
    });
  }

  /** Without a connection the user can write but not send. */
  set ready(ready) {
    this.#ready = ready;
    this.#send.disabled = !ready;
  }

  set hint(text) {
    byId('composer-hint').textContent = text;
  }

  focus() {
    this.#body.focus();
  }

  #resize() {
    this.#body.style.height = 'auto';
    this.#body.style.height = `${this.#body.scrollHeight + 2}px`;
  }
}
