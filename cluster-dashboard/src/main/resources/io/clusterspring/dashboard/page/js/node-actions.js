import { ACTIONS } from './action-words.js';
import { element } from './dom.js';

/** The buttons of a node's page: a node that drains can be resumed, another one drained. */
export class NodeActions {
  constructor(context, name) {
    this.context = context;
    this.name = name;
    this.element = element('p', { class: 'page-actions', hidden: true });
  }

  show(node) {
    const action = node?.draining ? ACTIONS.resume(this.name) : ACTIONS.drain(this.name);
    if (this.shown === action.name) {
      return;
    }
    this.shown = action.name;
    const focused = this.element.contains(document.activeElement);
    const buttons = this.context.actions.buttons([action], () => this.context.store.refresh());
    this.element.replaceChildren(...buttons);
    this.element.hidden = buttons.length === 0;
    if (focused) {
      buttons[0]?.focus();
    }
  }
}
