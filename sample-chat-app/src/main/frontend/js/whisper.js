/** Parses `@name text`. Without a name the text is for the room. */
export function recipient(text) {
  const [, to, body] = /^@(\S+)\s+(.+)$/s.exec(text) ?? [];
  return to ? { to, body } : { to: undefined, body: text };
}
