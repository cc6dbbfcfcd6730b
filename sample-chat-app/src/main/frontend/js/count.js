/** Returns how many there are, or how many there were when the connection was lost. */
export function countText(count, what, stale) {
  if (stale) {
    return count === 0 ? '' : `${count} when last seen`;
  }
  return `${count} ${what}`;
}
