const NAMES = new Intl.Collator('en', { numeric: true });

const sortedNames = (names) => [...names].sort(NAMES.compare);

/** Up to so many nodes, links have their round trips written on them. */
export const LABELLED = 8;

/**
 * Places nodes on an ellipse in the order of their names, the first at the top; two beside each other, one in the
 * middle.
 */
export function place(names, width, height, margin = { x: 90, y: 52 }) {
  const sorted = sortedNames(names);
  const centre = { x: width / 2, y: height / 2 };
  const reach = { x: Math.max(20, centre.x - margin.x), y: Math.max(20, centre.y - margin.y) };
  const begin = sorted.length === 2 ? Math.PI : -Math.PI / 2;
  return new Map(sorted.map((name, index) => {
    if (sorted.length === 1) {
      return [name, centre];
    }
    const angle = begin + (2 * Math.PI * index) / sorted.length;
    return [name, { x: Math.round(centre.x + reach.x * Math.cos(angle)), y: Math.round(centre.y + reach.y * Math.sin(angle)) }];
  }));
}

/** The links between nodes: each pair once, with the round trips that its two ends have measured. */
export function links(nodes) {
  const known = new Map(nodes.map((node) => [node.name, node]));
  const sorted = sortedNames(known.keys());
  const all = [];
  sorted.forEach((from, index) => {
    for (const to of sorted.slice(index + 1)) {
      const there = trip(known.get(from), to);
      const back = trip(known.get(to), from);
      if (there !== undefined || back !== undefined) {
        all.push({ from, to, there: there ?? null, back: back ?? null, cut: there === null && back === null });
      }
    }
  });
  return all;
}

const trip = (node, peer) => node?.roundTrips?.[peer];

/** The longer one of the two round trips of a link. */
export function slower({ there, back }) {
  return there === null ? back : Math.max(there, back ?? there);
}

/** The place of the text on a link: away from the middle, where links cross. */
export function between(from, to, share = 0.5) {
  return { x: Math.round(from.x + (to.x - from.x) * share), y: Math.round(from.y + (to.y - from.y) * share) };
}
