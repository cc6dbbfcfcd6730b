import { byId, element } from './dom.js';
import { readable, timeOfDay } from './message.js';
import { tint } from './node-badge.js';
import { returnOf } from './return.js';
import { Seen } from './seen.js';
import { wayOf } from './way.js';

const LONGEST_LOG = 500;
const NEAR_THE_END = 80;

/** Shows the messages of the room. The newest is at the end, which stays visible. */
export class MessageLog {
  #log = byId('log');
  #list = byId('messages');
  #empty = byId('empty');
  #latest = byId('latest');
  #seen = new Seen();
  #following = true;
  #unread = 0;
  #connection;

  /** The node of this page. */
  self;

  constructor() {
    this.#latest.addEventListener('click', () => {
      this.#toEnd();
      byId('body').focus();
    });
    this.#log.addEventListener('scroll', () => {
      this.#following = this.#atEnd();
      if (this.#following) {
        this.#read();
      }
    }, { passive: true });
    new ResizeObserver(() => this.#following && this.#toEnd()).observe(this.#log);
  }

  /** @param note what to say of a message that is not for the room */
  add(message, own, note) {
    if (this.#seen.add(message?.id, message?.cid)) {
      return;
    }
    const follow = own || this.#following;
    this.#list.append(line(readable(message), own, note, wayOf(message ?? {}, this.self, Date.now())));
    this.#empty.hidden = true;
    while (this.#list.childElementCount > LONGEST_LOG) {
      this.#list.firstElementChild.remove();
    }
    if (follow) {
      this.#toEnd();
    } else {
      this.#unread++;
      this.#latest.textContent = this.#unread === 1 ? '1 new message ↓' : `${this.#unread} new messages ↓`;
      this.#latest.hidden = false;
    }
  }

  /** Marks that the page is connected again: messages that were sent in between follow. */
  markConnection() {
    this.#connection = { last: this.#list.lastElementChild, time: timeOfDay(new Date()) };
    this.markReturn({});
  }

  /** Says at the mark whether messages were missed. */
  markReturn(recovery) {
    const { last, time } = this.#connection ?? {};
    if (last) {
      last.dataset.gap = returnOf(recovery, time);
    }
  }

  clear() {
    this.#list.replaceChildren();
    this.#connection = undefined;
    this.#empty.hidden = false;
    this.#following = true;
    this.#read();
  }

  #atEnd() {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR_THE_END;
  }

  #toEnd() {
    this.#following = true;
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#read();
  }

  #read() {
    this.#unread = 0;
    this.#latest.hidden = true;
  }
}

function line({ author, body, node, time, date, instant }, own, note, way) {
  const entry = element('li', { 'data-testid': 'message' },
    element('span', { class: 'author', text: author }),
    ...(note ? [element('span', { class: 'tag whisper', text: note })] : []),
    tint(element('span', { class: 'node', text: node, title: `Published by ${node}` }), node),
    ...(way.text ? [element('span', { class: 'way', text: way.text })] : []),
    element('time', { class: 'time', datetime: instant, title: date, text: time }),
    element('p', { class: 'body', text: body, dir: 'auto' }));
  entry.classList.toggle('own', own);
  entry.classList.toggle('crossed', way.crossed);
  entry.classList.toggle('whispered', Boolean(note));
  return tint(entry, node);
}
