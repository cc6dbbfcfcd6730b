import { ITEM_ACTIONS, KEYS } from './columns.js';
import { element, setText } from './dom.js';
import { count } from './format.js';
import { Poll } from './poll.js';
import { Table } from './table.js';

const PAGE = 50;
const EVERY = 5000;

/** A list of a section, a page at a time. It asks again for the page that is shown, and for no other. */
export class Panel {
  /**
   * @param section what is asked for
   * @param query the filters, fixed
   * @param limit the most items on a page
   * @param shy whether it is hidden while it has no items
   * @param found told how many items there are on the page, and whether there are more
   * @param only chooses items of a page
   * @param items told the items of the page
   */
  constructor(context, { section, title, columns, query = {}, limit = PAGE, every = EVERY, empty = 'Nothing.', shy = false, found = () => {}, only = () => true, items = () => {}, more }) {
    Object.assign(this, { context, section, query, limit, empty, shy, found, only, items });
    this.cursors = [null];
    const actions = context.actions.allowed ? ITEM_ACTIONS[section] : undefined;
    const action = actions && ((item) => context.actions.buttons(actions(item), () => this.poll.now()));
    this.table = new Table({ columns, keyOf: KEYS[section], label: title, action });
    this.note = element('p', { class: 'note', hidden: true });
    this.total = element('span', { class: 'total' });
    this.previous = element('button', { type: 'button', text: 'Previous', disabled: true, on: { click: () => this.turn(-1) } });
    this.next = element('button', { type: 'button', text: 'Next', disabled: true, on: { click: () => this.turn(1) } });
    this.where = element('span', { role: 'status' });
    this.pager = element('div', { class: 'pager', hidden: true }, this.previous, this.where, this.next);
    this.wrap = element('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': `${title}, list`, hidden: true }, this.table.element);
    this.element = element('section', { class: 'panel', 'data-testid': `panel-${section}`, 'aria-label': title, hidden: shy },
      element('header', {}, element('h2', { text: title }), this.total, more), this.note, this.wrap, this.pager);
    this.poll = new Poll((signal) => this.ask(signal), every);
  }

  start() {
    this.poll.start();
    return this;
  }

  close() {
    this.poll.stop();
  }

  /** Asks something else, from the first page on. */
  choose(query) {
    this.query = query;
    this.cursors = [null];
    this.poll.now();
  }

  turn(step) {
    if (step > 0 && this.after) {
      this.cursors.push(this.after);
    } else if (step < 0 && this.cursors.length > 1) {
      this.cursors.pop();
    }
    this.poll.now();
  }

  async ask(signal) {
    try {
      const answer = await this.context.client.section(this.section, { ...this.query, limit: this.limit, after: this.cursors.at(-1) }, signal);
      this.show(answer);
    } catch (failure) {
      if (!signal.aborted) {
        this.fail(failure);
      }
      throw failure;
    }
  }

  show(answer) {
    const items = (answer.items ?? []).filter(this.only);
    this.after = this.limit > 1 ? answer.next ?? null : null;
    this.items(items);
    this.table.show(items);
    this.wrap.hidden = items.length === 0;
    this.element.hidden = this.shy && items.length === 0 && this.cursors.length === 1;
    this.remark(items.length === 0 ? this.empty : '', answer.silent ?? []);
    const several = this.cursors.length > 1 || this.after !== null;
    setText(this.total, several ? '' : count(items.length));
    this.pager.hidden = !several;
    this.previous.disabled = this.cursors.length === 1;
    this.next.disabled = this.after === null;
    setText(this.where, several ? `Page ${this.cursors.length}${this.after === null ? ', the last' : ''}` : '');
    this.found(items.length, this.after !== null);
  }

  remark(text, silent) {
    const missing = silent.map(({ node, reason }) => `${node} is missing here: ${reason}.`);
    this.write([text, ...missing].filter(Boolean).join(' '), silent.length > 0 ? 'warn' : '');
  }

  fail(failure) {
    if (failure.kind === 'absent') {
      this.write('The nodes of this cluster do not answer this question.', '');
      this.found(0, false);
    } else {
      this.write(this.table.rows.size > 0 ? `${failure.message}. Below is what was there before.` : failure.message, 'bad');
    }
    this.element.hidden = this.shy && failure.kind === 'absent';
  }

  write(text, tone) {
    setText(this.note, text);
    this.note.hidden = text === '';
    this.note.dataset.tone = tone;
  }
}
