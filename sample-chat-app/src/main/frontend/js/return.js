/**
 * Return the words of the page about the moment at which it was connected again, given
 * its knowledge of the messages that were sent in between.
 */
export function returnOf({ recovered, missed }, time) {
  if (recovered === true) {
    const caughtUp = missed === 1 ? '1 message' : `${missed} messages`;
    return `Connected again at ${time}, ${missed === 0 ? 'nothing missed' : `caught up: ${caughtUp}`}.`;
  }
  return recovered === false
    ? `Connected again at ${time}. Messages sent in between are not shown.` : `Connected again at ${time}.`;
}
