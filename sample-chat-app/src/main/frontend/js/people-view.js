import { byId, element } from './dom.js';
import { tint } from './node-badge.js';
import { peopleOf, typingText } from './people.js';

/** Who is in the room, on which nodes, and who is writing. */
export class PeopleView {
  #list = byId('people');
  #typing = byId('typing');

  /** @param self the name under which one is in the room oneself */
  show(presences, self) {
    const people = peopleOf(presences);
    this.#list.replaceChildren(...people.map((person) => row(person, person.name === self)));
    const text = typingText(people, self);
    if (this.#typing.textContent !== text) {
      this.#typing.textContent = text;
    }
  }

  clear() {
    this.show([]);
  }

  /** While the connection is gone the list is what was last known. */
  set stale(stale) {
    this.#list.classList.toggle('stale', stale);
  }
}

function row({ name, nodes, away }, self) {
  const entry = element('li', {}, element('span', { class: 'name', text: name }),
    ...nodes.map((node) => tint(element('span', { class: 'node', text: node }), node)));
  entry.dataset.status = away ? 'away' : 'online';
  entry.classList.toggle('own', self);
  if (away) {
    entry.append(element('span', { class: 'note', text: 'away' }));
  }
  return entry;
}
