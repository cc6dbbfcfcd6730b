import { Client } from '@stomp/stompjs';
import { byId, element, reachable } from './dom.js';
import { Composer } from './composer.js';
import { countText } from './count.js';
import { newId } from './ids.js';
import { JoinForm } from './join-form.js';
import { browserMemory } from './memory.js';
import { MessageLog } from './message-log.js';
import { tint } from './node-badge.js';
import { firstChoice } from './rooms.js';
import { recipient } from './whisper.js';

const log = new MessageLog();
const form = new JoinForm(enter);
const composer = new Composer(post);
let client;
let joined;
let online = 0;

function enter(room, name) {
  if (!name) {
    form.refuse('STOMP users are found by their names: give one.');
    return;
  }
  joined = { room, name };
  browserMemory.set('name', name);
  browserMemory.set('room', room);
  byId('room-name').textContent = room;
  byId('who').textContent = name;
  log.clear();
  form.hide();
  byId('conversation').hidden = false;
  client = new Client({
    brokerURL: new URL('stomp', location.href).href.replace(/^http/, 'ws'),
    connectHeaders: { login: name },
    reconnectDelay: 1000,
    onConnect: subscribe,
    onWebSocketClose: () => show('closed', 'Connecting…'),
  });
  client.activate();
  composer.focus();
}

function subscribe() {
  const heard = ({ body }) => {
    const message = JSON.parse(body);
    log.add(message, message.user === joined.name);
  };
  client.subscribe(`/topic/rooms/${joined.room}`, heard);
  client.subscribe('/user/queue/whispers', ({ body }) => log.add(JSON.parse(body), false, 'whispered to you'));
  client.subscribe('/topic/local/online', ({ body }) => showOnline(JSON.parse(body)));
  client.subscribe('/app/online', ({ body }) => showOnline(JSON.parse(body)));
  show('open', 'Connected');
}

function post(text) {
  const { to, body } = recipient(text);
  if (to) {
    whisper(to, body);
  } else {
    client.publish({ destination: `/app/rooms/${joined.room}`, body: JSON.stringify({ body }) });
  }
}

/** The server sends a whisper to its recipient only, so the sender shows it when the node has taken it. */
function whisper(to, body) {
  const receipt = newId();
  const message = { user: joined.name, body, node: byId('self-node').textContent, at: new Date().toISOString() };
  client.watchForReceipt(receipt, () => log.add(message, true, `whispered to ${to}`));
  client.publish({
    destination: `/app/whispers/${encodeURIComponent(to)}`,
    headers: { receipt },
    body: JSON.stringify({ body, to }),
  });
}

function leave() {
  client?.deactivate();
  byId('conversation').hidden = true;
  show('closed', 'Not connected');
  form.show();
  form.focus();
}

function show(state, text) {
  byId('state').dataset.state = state === 'open' ? 'open' : 'connecting';
  byId('state-text').textContent = text;
  composer.ready = state === 'open';
  byId('cluster').classList.toggle('stale', state !== 'open');
  showCount();
}

function showCount() {
  byId('online-count').textContent = countText(online, 'on all nodes', byId('state').dataset.state !== 'open');
}

function showOnline({ node, users }) {
  const self = byId('self-node');
  self.textContent = node;
  tint(self, node);
  log.self = node;
  online = users.length;
  showCount();
  byId('online').replaceChildren(...users.map((user) => tint(element('li', {},
    element('span', { class: 'name', text: user })), node)));
}

reachable(byId('online'));
byId('change').addEventListener('click', leave);
const first = firstChoice({
  search: location.search,
  hash: location.hash,
  remembered: { name: browserMemory.get('name'), room: browserMemory.get('room') },
});
form.fill(first);
show('closed', 'Not connected');
if (first.join) {
  enter(first.room, first.name);
} else {
  form.focus();
}
