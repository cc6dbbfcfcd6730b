/** The valid names of rooms, and where the page reads the name from. */
export const DEFAULT_ROOM = 'lobby';
export const LONGEST_ROOM = 40;

/** Returns the room that a text names, or '' if it names none. */
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
 * Returns the initial name and room, and whether to join at once: yes if the query has a
 * name, or if a reloaded page remembers its room.
 */
export function firstChoice({ search, hash, remembered = {} }) {
  const query = new URLSearchParams(search);
  const name = (query.get('name') ?? remembered.name ?? '').trim();
  const room = roomOf(query.get('room')) || roomOfHash(hash) || roomOf(remembered.room) || DEFAULT_ROOM;
  return { name, room, join: Boolean(query.get('name')?.trim()) || Boolean(remembered.joined) };
}
