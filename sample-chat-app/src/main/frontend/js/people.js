/**
 * Converts the presence of a room for display: one row for each name, with the nodes of
 * all its pages. A person is online if any page is. Every field becomes text.
 */
export function peopleOf(presences) {
  return presences
    .map(({ name, metas }) => ({
      name: name || 'anonymous',
      nodes: [...new Set(metas.map(({ node }) => String(node ?? 'unknown node')))].sort(),
      away: metas.every(({ status }) => status === 'away'),
      typing: metas.some(({ typing }) => typing === true),
    }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** Returns a text with the people that are writing, or '' if nobody is. */
export function typingText(people, self) {
  const names = people.filter(({ name, typing }) => typing && name !== self).map(({ name }) => name);
  if (names.length === 0) {
    return '';
  }
  if (names.length > 3) {
    return `${names.length} people are typing…`;
  }
  const last = names.pop();
  return names.length === 0 ? `${last} is typing…` : `${names.join(', ')} and ${last} are typing…`;
}
