import { confirmed } from './dialog.js';
import { element, setText } from './dom.js';

/** Buttons for what an operator may do; there are none unless the endpoint takes writes. */
export class Actions {
  constructor(client) {
    this.client = client;
    this.allowed = false;
    this.status = element('p', { class: 'note', role: 'status', 'data-testid': 'done', hidden: true });
  }

  async probe() {
    this.allowed = await this.client.mayWrite().catch(() => false);
    return this.allowed;
  }

  /** @param done told after each success */
  buttons(actions, done = () => {}) {
    return this.allowed ? actions.map((action) => element('button', { type: 'button', text: action.name, 'aria-haspopup': 'dialog', on: { click: () => this.ask(action, done) } })) : [];
  }

  async ask(action, done) {
    const values = await confirmed(action);
    if (values === null) {
      return;
    }
    this.say(`${action.name}: waiting for the answer.`, '');
    try {
      const { silent = [] } = await this.client.act(action.path, action.body(values));
      const missing = silent.map(({ node, reason }) => ` ${node} did not take part: ${reason}.`).join('');
      this.say(`${action.name}: done.${missing}`, missing ? 'warn' : '');
      done();
    } catch (failure) {
      this.say(`${action.name} was not done: ${failure.message}`, 'bad');
    }
  }

  say(text, tone) {
    setText(this.status, text);
    this.status.dataset.tone = tone;
    this.status.hidden = false;
  }
}
