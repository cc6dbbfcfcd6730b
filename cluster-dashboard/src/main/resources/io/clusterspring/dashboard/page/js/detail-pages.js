import { ACTIONS } from './action-words.js';
import * as columns from './columns.js';
import { element } from './dom.js';
import { bytes, clock, count, micros, plural, since } from './format.js';
import { NodeActions } from './node-actions.js';
import { Panel } from './panel.js';
import { PlotsPanel } from './plots-panel.js';
import { link } from './route.js';

/** A page of some lists. */
function panels(context, title, all, { more = [], ended = () => {}, actions = [] } = {}) {
  const made = all.map((options) => new Panel(context, options).start());
  return {
    title,
    actions,
    elements: [...more, ...made.map((panel) => panel.element)],
    close: () => {
      made.forEach((panel) => panel.close());
      ended();
    },
  };
}

function facts(pairs) {
  return element('dl', { class: 'facts' }, ...pairs.filter(([, value]) => value !== null && value !== undefined).map(([name, value]) =>
    element('div', {}, element('dt', { text: name }), element('dd', {}, value instanceof Node ? value : element('span', { text: value, dir: 'auto' })))));
}

const sockets = (title, query, options) => ({ section: 'sockets', title, columns: columns.SOCKETS, query, empty: 'No sockets.', ...options });
const stomp = (title, query, options) => ({ section: 'stomp', title, columns: columns.STOMP, query, empty: 'No STOMP sessions.', ...options });

export function nodePage(context, { name = '' }) {
  const { store } = context;
  const place = element('section', { class: 'panel', 'data-testid': 'node-facts', 'aria-label': 'Figures of the node' });
  const actions = new NodeActions(context, name);
  let shown = '';
  const update = () => {
    const { seen, gone } = store.side;
    const node = [...seen, ...gone].find((each) => each.name === name);
    actions.show(node);
    const signature = JSON.stringify(node ?? null);
    if (signature !== shown) {
      shown = signature;
      place.replaceChildren(node ? nodeFacts(node) : element('p', { class: 'note', text: store.nodes ? 'This node is in no view that is known.' : 'Waiting for an answer.' }));
    }
  };
  store.addEventListener('change', update);
  update();
  const plots = new PlotsPanel(context, name).start();
  return panels(context, name, [
    sockets('Sockets on this node', { node: name }),
    stomp('STOMP sessions on this node', { node: name }, { shy: true }),
    { section: 'topics', title: 'Topics with subscriptions here', columns: columns.TOPICS, query: { node: name }, empty: 'No topics.' },
    { section: 'views', title: 'Views as this node has seen them', columns: columns.VIEWS, query: { node: name }, limit: 10, empty: 'No changes of the view yet.' },
  ], {
    more: [actions.element, place, plots.element],
    ended: () => {
      plots.close();
      store.removeEventListener('change', update);
    },
  });
}

function nodeFacts(node) {
  const trips = Object.entries(node.roundTrips ?? {}).map(([peer, trip]) => `${peer} ${micros(trip)}`).join(', ');
  const state = node.state === 'gone' ? `gone since ${clock(node.at)}: ${node.reason || 'no reason known'}` : columns.stateCell(node).text;
  return facts([
    ['State', state],
    ['Address', node.address], ['Version', node.version], ['Runs since', node.since && `${clock(node.since)}, for ${since(node.since)}`],
    ['Views seen since it started', node.view && count(node.view)], ['Sees', node.sees && node.sees.join(', ')],
    ['Sockets', node.sockets !== undefined ? count(node.sockets) : null], ['STOMP sessions', node.stompSessions !== undefined ? count(node.stompSessions) : null],
    ['Topics', node.topics !== undefined ? count(node.topics) : null], ['Presences', node.presences !== undefined ? count(node.presences) : null],
    ['Heap', node.heapMax ? `${bytes(node.heapUsed)} of ${bytes(node.heapMax)}` : null],
    ['Round trips', trips || null],
  ]);
}

export function topicPage(context, { name = '' }) {
  const exact = (item) => item.topic === name;
  return panels(context, name, [
    { section: 'topics', title: 'Subscriptions', columns: columns.TOPICS, query: { prefix: name }, limit: 1, empty: 'No subscriptions.', only: exact },
    sockets('Sockets on this topic', { topic: name }),
    { section: 'presence', title: 'Presence', columns: columns.PRESENT, query: { topic: name }, shy: true },
    stomp('STOMP sessions with this destination', { destination: name }, { shy: true }),
    { section: 'history', title: 'History', columns: columns.HISTORY, query: { prefix: name }, limit: 1, shy: true, only: exact },
  ], { actions: [ACTIONS.broadcast(name)] });
}

export function userPage(context, { name = '' }) {
  return panels(context, name, [
    sockets('Sockets of this user', { user: name }),
    stomp('STOMP sessions of this user', { user: name }, { shy: true }),
  ], { actions: [ACTIONS.disconnectUser(name), ACTIONS.disconnectStompUser(name)] });
}

/** One item of a section with all that is known of it. */
function single(context, title, options, describe) {
  const place = element('section', { class: 'panel', 'data-testid': 'facts', 'aria-label': 'Details' });
  return panels(context, title, [{ ...options, items: ([item]) => place.replaceChildren(item ? facts(describe(item)) : element('p', { class: 'note', text: 'It is not there any more.' })) }], { more: [place] });
}

const links = (names, page) => element('span', { class: 'parts' }, ...names.map((name) => element('a', { href: link(page, { name }), text: name, class: 'name', dir: 'auto' })));

export function socketPage(context, { id = '' }) {
  return single(context, id, sockets('Socket', { id }, { limit: 5 }), (item) => [
    ['User', item.user ? links([item.user], 'user') : 'none'], ['Socket id', item.socketId], ['Node', links([item.node], 'node')],
    ['Address', item.address], ['Transport', item.transport],
    ['Connected', `${clock(item.since)}, for ${since(item.since)}`], ['Last heard', item.lastHeard && `${since(item.lastHeard)} ago`],
    ['Waiting to be sent', bytes(item.pendingBytes)],
    [plural(item.topicCount ?? 0, 'topic'), item.topicCount > 0 ? links(item.topics ?? [], 'topic') : 'none'],
  ]);
}

export function sessionPage(context, { id = '' }) {
  return single(context, id, stomp('STOMP session', { session: id }, { limit: 5 }), (item) => [
    ['User', item.user ? links([item.user], 'user') : 'none'], ['Node', links([item.node], 'node')], ['Transport', item.transport],
    ['Connected', `${clock(item.since)}, for ${since(item.since)}`], ['Waiting to be sent', plural(item.pendingMessages ?? 0, 'message')],
    [plural(item.destinationCount ?? 0, 'destination'), (item.destinations ?? []).join(', ') || 'none'],
  ]);
}
