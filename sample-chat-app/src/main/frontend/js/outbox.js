import { byId, element } from './dom.js';
import { newId } from './ids.js';

/**
 * The messages that were written and have not arrived in the room. An entry is removed
 * when its message arrives. A failed entry stays, and can be sent again or discarded. A
 * second attempt has the id of the first, so that nobody sees the message twice.
 */
export class Outbox {
  #list = byId('outbox');
  #entries = new Map();
  #own = new Set();
  #send;

  /** @param send (message) => Promise, which fails with a reason */
  constructor(send) {
    this.#send = send;
  }

  post(body) {
    const message = { body, cid: newId() };
    const entry = { message, attempt: 0, row: element('li', { 'data-testid': 'unsent' }) };
    this.#entries.set(message.cid, entry);
    this.#own.add(message.cid);
    this.#list.append(entry.row);
    this.#try(entry);
  }

  /** Returns whether the message was written here, and removes it. */
  arrived(cid) {
    this.#drop(cid);
    return this.#own.has(cid);
  }

  /** The connection was lost: messages on their way get no reply. */
  failAll(reason) {
    for (const entry of this.#entries.values()) {
      this.#failed(entry, entry.attempt, reason);
    }
  }

  clear() {
    [...this.#entries.keys()].forEach((cid) => this.#drop(cid));
  }

  #try(entry) {
    const attempt = ++entry.attempt;
    entry.row.dataset.state = 'sending';
    entry.row.replaceChildren(element('p', { text: entry.message.body }), element('span', { class: 'note', text: 'Sending…' }));
    this.#send(entry.message).then(
      () => this.#drop(entry.message.cid),
      (error) => this.#failed(entry, attempt, error.message));
  }

  #failed(entry, attempt, reason) {
    const pending = entry.row.dataset.state === 'sending' && entry.attempt === attempt;
    if (!pending || !this.#entries.has(entry.message.cid)) {
      return;
    }
    entry.row.dataset.state = 'failed';
    const retry = element('button', { type: 'button', class: 'retry', text: 'Send again' });
    const discard = element('button', { type: 'button', class: 'discard', text: 'Discard' });
    retry.addEventListener('click', () => this.#leaveRow(() => this.#try(entry)));
    discard.addEventListener('click', () => this.#leaveRow(() => this.#drop(entry.message.cid)));
    entry.row.replaceChildren(
      element('p', { text: entry.message.body }),
      element('span', { class: 'note', role: 'alert', text: `Not sent: ${reason}` }),
      element('span', { class: 'actions' }, retry, discard));
  }

  /** The buttons disappear with their entry, so the focus must move. */
  #leaveRow(action) {
    byId('body').focus();
    action();
  }

  #drop(cid) {
    this.#entries.get(cid)?.row.remove();
    this.#entries.delete(cid);
  }
}
