import { Client } from '@stomp/stompjs';
import { byId, element } from './dom.js';
import { Composer } from './composer.js';
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
  client.subscribe('/user/queue/whispers', heard);
  client.subscribe('/topic/local/online', ({ body }) => showOnline(JSON.parse(body)));
  client.subscribe('/app/online', ({ body }) => showOnline(JSON.parse(body)));
  show('open', 'Connected');
}

function post(text) {
  const { to, body } = recipient(text);
  const destination = to ? `/app/whispers/${encodeURIComponent(to)}` : `/app/rooms/${joined.room}`;
  client.publish({ destination, body: JSON.stringify(to ? { body, to } : { body }) });
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
}

function showOnline({ node, users }) {
  const self = byId('self-node');
  self.textContent = node;
  tint(self, node);
  byId('online-count').textContent = users.length;
  byId('online').replaceChildren(...users.map((user) => tint(element('li', {},
    element('span', { class: 'name', text: user })), node)));
}

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
