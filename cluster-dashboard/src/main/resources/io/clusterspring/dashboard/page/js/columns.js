import { ACTIONS } from './action-words.js';
import { bytes, clock, count, plural, since } from './format.js';
import { link } from './route.js';

/*
 * A column has a title and makes a cell of an item. A cell is a text, a list of cells, or an object with a text and,
 * if it has them, the address it leads to, a longer title, and a tone. Cells are data: nothing here touches the page.
 */

const column = (title, cell, kind = '') => ({ title, cell, kind });

export const nodeCell = (node) => (node ? { text: node, href: link('node', { name: node }) } : '–');
export const topicCell = (topic) => ({ text: topic, href: link('topic', { name: topic }), kind: 'name' });
const userCell = (user) => (user ? { text: user, href: link('user', { name: user }), kind: 'name' } : { text: 'no user', tone: 'faint' });
const timeCell = (instant) => (instant ? { text: since(instant), title: clock(instant) } : '–');

function listCell(names, total, toCell) {
  const shown = names.slice(0, 3).map(toCell);
  return total > shown.length ? [...shown, { text: `and ${count(total - shown.length)} more`, tone: 'faint' }] : shown;
}

function perNode(byNode, text) {
  return Object.entries(byNode ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([node, value]) => ({ text: `${node}: ${text(value)}`, href: link('node', { name: node }) }));
}

const sum = (byNode, value) => Object.values(byNode ?? {}).reduce((total, each) => total + value(each), 0);

/** The state of a node, in words. */
export const stateCell = (node) => {
  if (node.state === 'silent') {
    return { text: `silent: ${node.reason}`, tone: 'warn' };
  }
  if (node.state === 'gone') {
    return { text: node.reason ? `gone: ${node.reason}` : 'gone', tone: node.left ? 'faint' : 'bad', title: clock(node.at) };
  }
  const marks = [node.evicted && 'evicted', node.draining && 'draining', node.self && 'this node', node.coordinator && 'coordinator'];
  const text = marks.filter(Boolean).join(', ');
  return { text: text || 'in the view', tone: node.evicted ? 'bad' : node.draining ? 'warn' : text ? '' : 'faint' };
};

export const NODES = [
  column('Node', (node) => nodeCell(node.name), 'key'),
  column('State', stateCell),
  column('Sockets', (node) => count(node.sockets), 'number'),
  column('STOMP', (node) => count(node.stompSessions), 'number'),
  column('Topics', (node) => count(node.topics), 'number'),
  column('Presences', (node) => count(node.presences), 'number'),
  column('Heap', (node) => (node.heapMax ? { text: `${bytes(node.heapUsed)} of ${bytes(node.heapMax)}` } : '–'), 'number'),
  column('Up for', (node) => timeCell(node.since), 'number'),
];

export const TOPICS = [
  column('Topic', (item) => topicCell(item.topic), 'key'),
  column('Subscriptions', (item) => count(sum(item.subscriptions, Number)), 'number'),
  column('On', (item) => perNode(item.subscriptions, count)),
];

export const SOCKETS = [
  column('Socket', (item) => ({ text: item.id, href: link('socket', { id: item.id }), kind: 'name' }), 'key'),
  column('User', (item) => userCell(item.user)),
  column('Node', (item) => nodeCell(item.node)),
  column('Topics', (item) => listCell(item.topics ?? [], item.topicCount ?? 0, topicCell)),
  column('Address', (item) => item.address ?? '–'),
  column('Transport', (item) => item.transport ?? '–'),
  column('Waiting', (item) => ({ text: bytes(item.pendingBytes), tone: item.pendingBytes > 65_536 ? 'warn' : '' }), 'number'),
  column('Heard', (item) => timeCell(item.lastHeard), 'number'),
  column('Since', (item) => timeCell(item.since), 'number'),
];

export const STOMP = [
  column('Session', (item) => ({ text: item.session, href: link('session', { id: item.session }), kind: 'name' }), 'key'),
  column('User', (item) => userCell(item.user)),
  column('Node', (item) => nodeCell(item.node)),
  column('Destinations', (item) => listCell(item.destinations ?? [], item.destinationCount ?? 0, (name) => ({ text: name, kind: 'name' }))),
  column('Transport', (item) => item.transport ?? '–'),
  column('Waiting', (item) => plural(item.pendingMessages ?? 0, 'message'), 'number'),
  column('Since', (item) => timeCell(item.since), 'number'),
];

export const PRESENCE = [
  column('Topic', (item) => topicCell(item.topic), 'key'),
  column('Entries', (item) => count(item.entries), 'number'),
];

export const PRESENT = [
  column('Key', (item) => ({ text: item.key, href: link('user', { name: item.key }), kind: 'name' }), 'key'),
  column('Node', (item) => nodeCell(item.node)),
  column('Metadata', (item) => ({ text: JSON.stringify(item.metas ?? []).slice(0, 300), kind: 'name' })),
];

export const DISTRIBUTED = [
  column('Application', (item) => ({ text: item.application, kind: 'name' }), 'key'),
  column('As seen by', (item) => nodeCell(item.node), 'key'),
  column('State', (item) => ({ text: item.state ?? '–', tone: item.state === 'running' ? 'good' : '' })),
  column('Runs on', (item) => ((item.owners ?? []).length > 1 ? item.owners.map(nodeCell) : nodeCell(item.owner))),
  column('Since', (item) => timeCell(item.since), 'number'),
  column('Remarks', (item) => [item.refused ? { text: 'refused', tone: 'warn' } : null, ...(item.remarks ?? []).map((remark) => ({ text: String(remark), tone: 'warn' }))].filter(Boolean)),
];

export const HISTORY = [
  column('Topic', (item) => topicCell(item.topic), 'key'),
  column('Messages', (item) => count(Math.max(0, ...Object.values(item.nodes ?? {}).map((each) => each.messages))), 'number'),
  column('Kept by', (item) => perNode(item.nodes, (kept) => `${plural(kept.messages, 'message')}, ${bytes(kept.bytes)}`)),
];

export const VIEWS = [
  column('At', (item) => ({ text: clock(item.at), title: `${since(item.at)} ago` }), 'key'),
  column('View', (item) => count(item.view), 'number'),
  column('Change', (item) => changes(item)),
  column('Nodes', (item) => ({ text: count((item.nodes ?? []).length), title: (item.nodes ?? []).join(', ') }), 'number'),
];

function changes(item) {
  const joined = (item.joined ?? []).map((node) => ({ text: `+ ${node}`, tone: 'good' }));
  const gone = (item.gone ?? []).map(({ node, reason }) => ({ text: `− ${node}: ${reason ?? 'no reason known'}`, tone: /^left\b/.test(reason ?? '') ? '' : 'bad' }));
  const all = [...joined, ...gone];
  return all.length > 0 ? all : { text: 'the same nodes', tone: 'faint' };
}

/** The key that tells the items of a section apart. */
export const KEYS = {
  nodes: (item) => item.name,
  topics: (item) => item.topic,
  sockets: (item) => item.id,
  stomp: (item) => item.session,
  presence: (item) => `${item.topic ?? ''} ${item.key ?? ''} ${item.node ?? ''}`,
  distributed: (item) => `${item.application} ${item.node}`,
  history: (item) => item.topic,
  views: (item) => `${item.view} ${item.at}`,
};

/** The actions that an operator may take on an item of a section. */
export const ITEM_ACTIONS = {
  sockets: (item) => [ACTIONS.disconnectSocket(item.id)],
  stomp: (item) => [ACTIONS.disconnectSession(item.session)],
  distributed: (item) => [ACTIONS.move(item.application, item.node), ACTIONS.permit(item.application, item.node), ACTIONS.forbid(item.application, item.node)],
};
