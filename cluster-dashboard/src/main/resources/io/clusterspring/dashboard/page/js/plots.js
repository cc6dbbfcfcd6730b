import { bytes, count, figure } from './format.js';
import { ceilingOfBytes } from './plot.js';

/** The plots, each with the figures of the samples that it shows. */
export const PLOTS = [
  { title: 'Topic messages a second', show: figure, lines: [{ name: 'messagesSent', text: 'sent' }, { name: 'messagesReceived', text: 'received' }] },
  { title: 'Frames a second', show: figure, lines: [{ name: 'framesSent', text: 'sent' }, { name: 'framesReceived', text: 'received' }] },
  { title: 'Bytes a second', show: bytes, top: ceilingOfBytes, lines: [{ name: 'bytesSent', text: 'sent' }, { name: 'bytesReceived', text: 'received' }] },
  { title: 'Waiting', show: figure, lines: [{ name: 'waiting', text: 'messages' }, { name: 'tasksWaiting', text: 'tasks' }] },
  { title: 'Lost a second', show: figure, lines: [{ name: 'lost', text: 'messages' }] },
  { title: 'Sockets', show: count, lines: [{ name: 'sockets', text: 'open' }] },
  { title: 'Joined topics', show: count, lines: [{ name: 'channels', text: 'of all sockets' }] },
  { title: 'Connects a second', show: figure, lines: [{ name: 'connects', text: 'sockets' }, { name: 'stompConnects', text: 'STOMP' }] },
  { title: 'Waiting for clients', show: bytes, top: ceilingOfBytes, lines: [{ name: 'outboxBytes', text: 'to be sent' }] },
  { title: 'STOMP sessions', show: count, lines: [{ name: 'stompSessions', text: 'open' }] },
  { title: 'Heap', show: bytes, top: ceilingOfBytes, lines: [{ name: 'heapUsed', text: 'used' }] },
];
