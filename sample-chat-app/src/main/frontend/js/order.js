/** Whether a node may be killed: only while another one is connected, which can start it again. */
export function orderFor(name, states) {
  if (states[name] !== 'open') {
    return { order: 'start', via: others(name, states)[0] };
  }
  return { order: 'kill', via: others(name, states)[0] };
}

function others(name, states) {
  return Object.keys(states).filter((other) => other !== name && states[other] === 'open');
}

/** The words of the page about a message that has come to a node. */
export function wayText({ from, to, millis }) {
  return from === to ? `${from}, on the same node: ${millis} ms` : `${from} → ${to}: ${millis} ms`;
}
