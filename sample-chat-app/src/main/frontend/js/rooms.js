/** What a room may be called, and where the page learns of it. */
export const DEFAULT_ROOM = 'lobby';
export const LONGEST_ROOM = 40;

/** Returns the room a text means, or '' if it means none. */
export function roomOf(text) {
  return String(text ?? '')
    .trim()
    .replace(/^#/, '')
    .toLowerCase()
    .replace(/\s+/g, '-')
    .replace(/[^\p{L}\p{N}._-]/gu, '')
    .slice(0, LONGEST_ROOM);
}

/** Returns the room of a location's hash, or '' if it has none. */
export function roomOfHash(hash) {
  try {
    return roomOf(decodeURIComponent(hash));
  } catch {
    return '';
  }
}

/**
 * Returns name and room to begin with and whether to join at once: the query says so by
 * a name, a reloaded page by what it remembers.
 */
export function firstChoice({ search, hash, remembered = {} }) {
  const query = new URLSearchParams(search);
  const name = (query.get('name') ?? remembered.name ?? '').trim();
  const room = roomOf(query.get('room')) || roomOfHash(hash) || roomOf(remembered.room) || DEFAULT_ROOM;
  return { name, room, join: Boolean(query.get('name')?.trim()) || Boolean(remembered.joined) };
}
