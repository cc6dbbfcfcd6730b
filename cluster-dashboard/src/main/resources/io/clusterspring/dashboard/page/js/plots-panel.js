import { element, setText } from './dom.js';
import { PlotView } from './plot-view.js';
import { PLOTS } from './plots.js';
import { Poll } from './poll.js';
import { merge, none } from './series.js';

/** The samples of a node as small plots: of the node that is asked, or of another one, through that. */
export class PlotsPanel {
  /** @param node the node; if it is none, one can be chosen */
  constructor(context, node = null, every = 5000) {
    this.context = context;
    this.node = node;
    this.samples = none();
    this.views = PLOTS.map((plot) => new PlotView(plot));
    this.note = element('p', { class: 'note', hidden: true });
    this.choice = element('select', { 'aria-label': 'Node', 'data-testid': 'plots-node', on: { change: () => this.choose(this.choice.value) } });
    this.plots = element('div', { class: 'plots' }, ...this.views.map((view) => view.element));
    this.element = element('section', { class: 'panel', 'data-testid': 'panel-plots', 'aria-label': 'Rates and queues' },
      element('header', {}, element('h2', { text: 'Rates and queues' }), element('span', { class: 'total', text: 'the last ten minutes of' }),
        node === null ? this.choice : element('span', { text: node })),
      this.note, this.plots);
    this.poll = new Poll((signal) => this.ask(signal), every);
    this.offer = () => this.fill();
  }

  start() {
    this.poll.start();
    this.context.store.addEventListener('change', this.offer);
    this.offer();
    return this;
  }

  close() {
    this.poll.stop();
    this.context.store.removeEventListener('change', this.offer);
  }

  /** Offers the nodes of the view; the list is only made anew if it has changed, for it may be open. */
  fill() {
    const { self, side } = this.context.store;
    const names = [self, ...side.seen.map((node) => node.name).filter((name) => name !== self)].filter(Boolean);
    const offered = JSON.stringify(names);
    if (this.offered !== offered) {
      this.offered = offered;
      this.choice.replaceChildren(...names.map((name) => element('option', { value: name, text: name === self ? `${name} (this node)` : name })));
      this.choice.value = this.node ?? self ?? '';
    }
  }

  choose(node) {
    this.node = node;
    this.samples = none();
    this.poll.now();
  }

  async ask(signal) {
    const { client, store } = this.context;
    try {
      const other = this.node !== null && this.node !== store.self;
      const answer = await (other ? client.samplesOf(this.node, this.samples, signal) : client.samples(this.samples, signal));
      const now = Date.now();
      this.samples = merge(this.samples, answer, now);
      this.views.forEach((view) => view.show(this.samples, now));
      this.note.hidden = true;
      this.plots.hidden = false;
    } catch (failure) {
      if (!signal.aborted) {
        const begun = this.samples.times.length > 0;
        this.plots.hidden = !begun;
        setText(this.note, `${failure.message}${begun ? ' These plots end where the last answer came.' : ''}`);
        this.note.hidden = false;
      }
      throw failure;
    }
  }
}
