import { age, clock } from './format.js';

/** The longest time without an answer, or with views that differ, that is not worth a word, in milliseconds. */
const PATIENCE = 6000;

/** The alerts that an operator should know first, the worst before the others; each has an id, a tone and a text. */
export function alerts({ side, self, cluster, failure, answeredAt, differ = [], differSince = null }, now) {
  const all = [];
  if (failure && failure.kind !== 'unreachable') {
    all.push({ id: 'refused', tone: 'bad', text: failure.kind === 'absent' ? absent() : failure.message });
  } else if (answeredAt !== null && (failure || now - answeredAt > PATIENCE)) {
    all.push({ id: 'stale', tone: 'bad', text: `${self ?? 'This node'} does not answer: ${failure?.message ?? 'no answer yet'}. What you see is ${age(now - answeredAt)} old, of ${clock(new Date(answeredAt))}.` });
  }
  const views = differSince !== null && now - differSince > PATIENCE ? differ.slice(0, 3).map(({ name, sees }) => ({
    id: `differs ${name}`, tone: 'warn', text: `${name} sees other nodes than ${self}: ${sees.slice(0, 10).join(', ')}${sees.length > 10 ? ' and others' : ''}. A link may be cut.`,
  })) : [];
  return [...all, ...ofNodes(side, self, now), ...views, ...ofPlaces(cluster)];
}

const absent = () => 'The endpoint “cluster” does not answer here. Expose it beside this page: management.endpoints.web.exposure.include=health,cluster,cluster-dashboard';

function ofNodes({ seen, gone }, self, now) {
  const all = seen.filter((node) => node.evicted).map((node) => ({
    id: `evicted ${node.name}`, tone: 'bad', text: `${node.name} is evicted: another process has its name.`,
  }));
  seen.filter((node) => node.state === 'silent').forEach((node) => all.push({
    id: `silent ${node.name}`, tone: 'warn', text: `${node.name} is in the view but silent: ${node.reason}. Its sockets and topics are missing on this page.`,
  }));
  if (gone.length > 0) {
    const here = seen.filter((node) => node.state === 'here').length;
    const each = gone.slice(0, 5).map((node) => `${node.name} is gone since ${clock(node.at, new Date(now))} (${node.reason || 'no reason known'})`);
    const rest = gone.length > 5 ? `, and ${gone.length - 5} more` : '';
    all.push({ id: 'gone', tone: 'warn', text: `${self ?? 'This node'} sees ${here} of ${seen.length + gone.length} nodes: ${each.join('; ')}${rest}. If it still runs, it is on another side of a partition.` });
  }
  seen.filter((node) => node.draining).forEach((node) => all.push({ id: `drain ${node.name}`, tone: '', text: `${node.name} is draining: its clients are sent away.` }));
  return all;
}

function ofPlaces(cluster) {
  const alone = (cluster?.nodes?.length ?? 2) === 1;
  const refused = (cluster?.refused ?? []).slice(0, 3).map((peer) => ({
    id: `peer ${peer.address}`, tone: 'warn', text: `A process at ${peer.address} was refused: ${peer.reason}${peer.detail ? `, ${peer.detail}` : ''}.`,
  }));
  const unreached = alone ? (cluster?.unreached ?? []).slice(0, 3).map((place) => ({
    id: `place ${place.place}`, tone: 'warn', text: `No node was found at ${place.place}: ${place.cause}${place.detail ? `, ${place.detail}` : ''}.`,
  })) : [];
  return [...refused, ...unreached];
}
