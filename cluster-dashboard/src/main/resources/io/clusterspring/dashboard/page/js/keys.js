import { element } from './dom.js';
import { link } from './route.js';

const STORED = 'cluster-dashboard.keys';

const isTyping = (target) => target.closest?.('input, textarea, select, [contenteditable]') !== null && target.closest !== undefined;

function stored() {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

/** Single keys: / to search, g and a letter to go to a section, ? to see all. They can be turned off. */
export class Keys {
  constructor(sections, search, dialog) {
    Object.assign(this, { sections, search, dialog, on: stored(), leading: false });
    document.addEventListener('keydown', (event) => this.pressed(event));
    this.fill();
  }

  fill() {
    const toggle = element('input', { type: 'checkbox', checked: this.on, id: 'keys-on', on: { change: () => this.turn(toggle.checked) } });
    const row = (keys, text) => element('div', {}, element('dt', {}, ...keys.map((key) => element('kbd', { text: key }))), element('dd', { text }));
    this.dialog.append(element('h2', { id: 'keys-title', text: 'Keys' }),
      element('dl', {}, row(['/'], 'Search'), row(['?'], 'These keys'), ...this.sections.map(({ key, title }) => row(['g', key], title))),
      element('label', { for: 'keys-on' }, toggle, ' Use single keys'),
      element('form', { method: 'dialog' }, element('button', { type: 'submit', text: 'Close' })));
  }

  turn(on) {
    this.on = on;
    try {
      localStorage.setItem(STORED, on ? 'on' : 'off');
    } catch {
      // it holds until the page is loaded again
    }
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || this.dialog.open || document.querySelector('dialog[open]')) {
      this.leading = false;
      return;
    }
    const section = this.leading ? this.sections.find(({ key }) => key === event.key) : undefined;
    this.leading = this.on && event.key === 'g';
    if (event.key === '?') {
      this.dialog.showModal();
    } else if (this.on && event.key === '/') {
      this.search.focus();
      this.search.select();
    } else if (this.on && section) {
      location.hash = link(section.page);
    } else {
      return;
    }
    event.preventDefault();
  }
}
