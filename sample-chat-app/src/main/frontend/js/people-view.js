import { byId, element, reachable } from './dom.js';
import { tint } from './node-badge.js';
import { peopleOf, typingText } from './people.js';

/** Shows the people in the room, with their nodes, and the people that are writing. */
export class PeopleView {
  #list = byId('people');
  #count = byId('people-count');
  #typing = byId('typing');

  constructor() {
    reachable(this.#list);
  }

  /** @param self the name of the user in the room */
  show(presences, self) {
    const people = peopleOf(presences);
    this.#list.replaceChildren(...people.map((person) => row(person, person.name === self)));
    this.#count.textContent = people.length > 1 ? `with ${people.length - 1} more` : '';
    const text = typingText(people, self);
    if (this.#typing.textContent !== text) {
      this.#typing.textContent = text;
    }
  }

  clear() {
    this.show([]);
  }

  /** Marks the list as old while the connection is lost. */
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
  return tint(entry, nodes[0]);
}
