import { byId, element, reachable } from './dom.js';
import { countText } from './count.js';
import { timeOfDay } from './message.js';
import { tint } from './node-badge.js';

const LONGEST_NEWS = 4;

/** Shows the nodes of the cluster, the node of this page, and the nodes that joined and left. */
export class ClusterView {
  #nodes = byId('nodes');
  #news = byId('news');
  #self = byId('self-node');
  #state = { nodes: [] };
  #stale = true;

  constructor() {
    reachable(this.#nodes);
  }

  get self() {
    return this.#state.self;
  }

  /** Shows the state that the node sends at the join of its channel. */
  show(state) {
    this.#state = { ...this.#state, ...state };
    byId('cluster-name').textContent = this.#state.name ?? '';
    this.#self.textContent = this.#state.self ?? '–';
    tint(this.#self, this.#state.self ?? '');
    const nodes = this.#known;
    this.#count();
    this.#nodes.replaceChildren(...nodes.map((node) => this.#entry(node)));
  }

  change({ up, down, ...state }) {
    this.show(state);
    if (up) {
      this.#tell(up, 'came');
    }
    if (down) {
      this.#tell(down, 'left');
    }
  }

  /** Marks the list and its count as old while the connection is lost. */
  set stale(stale) {
    this.#stale = stale;
    byId('cluster').classList.toggle('stale', stale);
    this.#count();
  }

  get #known() {
    return Array.isArray(this.#state.nodes) ? this.#state.nodes : [];
  }

  #count() {
    byId('node-count').textContent = countText(this.#known.length, 'up', this.#stale);
  }

  #entry(node) {
    const entry = tint(element('li', {}, element('span', { class: 'name', text: node })), node);
    if (node === this.#state.self) {
      entry.append(element('span', { class: 'tag self', text: 'you are here' }));
      entry.setAttribute('aria-current', 'true');
    }
    if (node === this.#state.coordinator) {
      entry.append(element('span', { class: 'tag', text: 'coordinator', title: 'The oldest node' }));
    }
    return entry;
  }

  #tell(node, verb) {
    this.#news.append(tint(element('li', { class: verb },
      element('span', { class: 'name', text: node }), ` ${verb} at ${timeOfDay(new Date())}`), node));
    while (this.#news.childElementCount > LONGEST_NEWS) {
      this.#news.firstElementChild.remove();
    }
  }
}
