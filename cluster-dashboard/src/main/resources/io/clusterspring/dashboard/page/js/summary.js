import { plural } from './format.js';

const total = (nodes, name) => nodes.reduce((sum, node) => sum + (node[name] ?? 0), 0);

/** How many nodes there are and what they have; a node that is silent counts, but nobody knows what it has. */
export function summaryOf(seen) {
  const here = seen.filter((node) => node.state === 'here');
  const nodes = plural(seen.length, 'node');
  const has = [plural(total(here, 'sockets'), 'socket'), plural(total(here, 'stompSessions'), 'STOMP session')];
  return here.length === seen.length ? [nodes, ...has].join(', ') : `${has.join(' and ')} on ${here.length} of ${nodes}`;
}
