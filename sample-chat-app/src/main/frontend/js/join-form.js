import { byId } from './dom.js';
import { roomOf } from './rooms.js';

/** The form for the user's name and the room. */
export class JoinForm {
  #form = byId('join');
  #name = byId('name');
  #room = byId('room');
  #problem = byId('join-problem');

  constructor(onJoin) {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      const room = roomOf(this.#room.value);
      if (!room) {
        this.refuse('A room needs a name of letters or digits.');
        this.#room.focus();
        return;
      }
      onJoin(room, this.#name.value.trim());
    });
  }

  fill({ name, room }) {
    this.#name.value = name;
    this.#room.value = room;
  }

  set room(room) {
    this.#room.value = room;
  }

  get name() {
    return this.#name.value.trim();
  }

  refuse(reason) {
    this.#problem.textContent = reason;
  }

  show() {
    this.#problem.textContent = '';
    this.#form.hidden = false;
  }

  focus() {
    (this.#name.value ? this.#room : this.#name).focus();
  }

  hide() {
    this.#form.hidden = true;
  }
}
