/** The words of each action; what is done is asked for before. */
const broadcast = (topic) => ({
  name: 'Broadcast', path: 'topics/broadcast', title: `Broadcast to ${topic}`, text: 'Every client on this topic gets it, on all nodes.', label: 'Broadcast',
  fields: [{ name: 'event', text: 'Event' }, { name: 'payload', text: 'Payload, a JSON object', area: true, value: '{}' }],
  body: ({ event, payload }) => ({ topic, event, payload }),
});

const simple = (name, path, title, text, body) => ({ name, path, title, text, label: name, body: () => body });

export const ACTIONS = {
  broadcast,
  disconnectSocket: (id) => simple('Disconnect', 'sockets/disconnect', `Disconnect the socket ${id}?`, 'Its client may connect again at once.', { id }),
  disconnectUser: (user) => simple('Disconnect sockets', 'sockets/disconnect', `Disconnect all sockets of ${user}?`, 'On all nodes. The clients may connect again at once.', { user }),
  disconnectSession: (session) => simple('Disconnect', 'stomp/disconnect', `Disconnect the STOMP session ${session}?`, 'Its client may connect again at once.', { session }),
  disconnectStompUser: (user) => simple('Disconnect STOMP sessions', 'stomp/disconnect', `Disconnect all STOMP sessions of ${user}?`, 'On all nodes. The clients may connect again at once.', { user }),
  drain: (node) => simple('Drain', 'nodes/drain', `Drain ${node}?`, 'It sends its clients away and takes no new ones, until Resume, or a restart.', { node }),
  resume: (node) => simple('Resume', 'nodes/resume', `Resume ${node}?`, 'It lets clients in again.', { node }),
  move: (application, node) => simple('Move here', 'distributed/move', `Move ${application} to ${node}?`, 'It stops where it runs now, and starts there.', { application, node }),
  forbid: (application, node) => simple('Forbid here', 'distributed/forbid', `Forbid ${application} on ${node}?`, 'If it runs there, it stops, and starts on another node.', { application, node }),
  permit: (application, node) => simple('Permit here', 'distributed/permit', `Permit ${application} on ${node}?`, 'That node may run it.', { application, node }),
};
