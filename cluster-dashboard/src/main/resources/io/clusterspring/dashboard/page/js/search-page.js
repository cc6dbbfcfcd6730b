import * as columns from './columns.js';
import { element, setText } from './dom.js';
import { Panel } from './panel.js';
import { questions } from './query.js';
import { link } from './route.js';

const COLUMNS = { topics: columns.TOPICS, sockets: columns.SOCKETS, stomp: columns.STOMP, presence: columns.PRESENCE };
const FEW = 5;

/** All that one text finds, the first few of each kind. */
export function searchPage(context, { q = '' }) {
  const asked = questions(q);
  const counts = new Map();
  const status = element('p', { class: 'note', role: 'status', 'data-testid': 'search-status', text: q ? 'Searching…' : 'Type a topic, a user, a socket, an address or a node.' });
  const nodes = nodesNamed(context, q);
  const report = () => {
    if (counts.size === asked.length) {
      const found = [...counts].filter(([, [number]]) => number > 0).map(([question, [number, more]]) => `${question.title.toLowerCase()}: ${more ? `more than ${number}` : number}`);
      if (nodes.length > 0) {
        found.unshift(`nodes: ${nodes.length}`);
      }
      setText(status, found.length > 0 ? `Found ${found.join(', ')}.` : `Nothing is found for “${q}”. Topics are found by how they begin, all others only as a whole.`);
    }
  };
  const panels = asked.map((question) => new Panel(context, {
    ...question, columns: COLUMNS[question.section], limit: FEW, shy: true, every: 10_000,
    more: element('a', { class: 'more', href: link(question.section, question.query), text: 'As a list' }),
    found: (number, more) => {
      counts.set(question, [number, more]);
      report();
    },
  }).start());
  panels.forEach((panel) => panel.pager.remove());
  return {
    title: q ? `Search: ${q}` : 'Search',
    elements: [status, nodesList(nodes), ...panels.map((panel) => panel.element)],
    close: () => panels.forEach((panel) => panel.close()),
  };
}

function nodesNamed(context, text) {
  const { seen, gone } = context.store.side;
  const word = text.trim().toLowerCase();
  return word ? [...seen, ...gone].map((node) => node.name).filter((name) => name.toLowerCase().includes(word)).slice(0, FEW) : [];
}

function nodesList(names) {
  return names.length === 0 ? null : element('section', { class: 'panel', 'aria-label': 'Nodes' }, element('header', {}, element('h2', { text: 'Nodes' })),
    element('p', { class: 'parts' }, ...names.map((name) => element('a', { href: link('node', { name }), text: name }))));
}
