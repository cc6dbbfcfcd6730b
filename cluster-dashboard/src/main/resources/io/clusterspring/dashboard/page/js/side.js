/** So long a node that is gone is missed, in milliseconds; after that it is history. */
const MISSED = 3_600_000;

/**
 * The cluster as this node sees it: the nodes of its view, those of them that are silent, and those that were in an
 * earlier view and are in none since. A node that has said that it leaves is not missing.
 * @param remembered when this page has seen which node last
 */
export function side(nodes, views = [], now = Date.now(), remembered = new Map()) {
  const items = nodes?.items ?? [];
  const silent = new Map((nodes?.silent ?? []).map((each) => [each.node, each.reason]));
  const seen = items.map((node) => ({ ...node, state: silent.has(node.name) ? 'silent' : 'here', reason: silent.get(node.name) ?? '' }));
  const known = new Set(seen.map((node) => node.name));
  for (const [name, reason] of silent) {
    if (!known.has(name)) {
      known.add(name);
      seen.push({ name, state: 'silent', reason });
    }
  }
  const told = gone(views, known);
  // of a node that this page has seen itself, though no change of the view tells why it went
  const noticed = [...remembered].filter(([name]) => !known.has(name) && !told.some((node) => node.name === name))
    .map(([name, at]) => ({ name, reason: '', at: new Date(at).toISOString(), left: false, state: 'gone' }));
  const missed = [...told, ...noticed].filter((node) => !node.left && now - new Date(node.at) < MISSED);
  return { seen, gone: missed };
}

/**
 * The nodes that see other nodes than this one does, each with what it sees: for a moment while nodes come and go, and
 * for longer while links between some of them are cut.
 */
export function disagreeing(items = []) {
  const own = items.find((node) => node.self);
  const seen = (node) => [...(node.sees ?? [])].sort();
  const text = own?.sees ? JSON.stringify(seen(own)) : null;
  return text === null ? [] : items.filter((node) => node.sees && JSON.stringify(seen(node)) !== text).map((node) => ({ name: node.name, sees: seen(node) }));
}

/** Nodes that went away and did not come back, the latest first. */
export function gone(views, present) {
  const back = new Set(present);
  const found = [];
  for (const view of views) {
    for (const each of view.gone ?? []) {
      if (!back.has(each.node)) {
        back.add(each.node);
        found.push({ name: each.node, reason: each.reason ?? '', at: view.at, left: isOrderly(each.reason), state: 'gone' });
      }
    }
    (view.joined ?? []).forEach((name) => back.add(name));
  }
  return found;
}

export const isOrderly = (reason) => /^left\b/.test(reason ?? '');
