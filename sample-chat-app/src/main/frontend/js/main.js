import { byId } from './dom.js';
import { ClusterView } from './cluster-view.js';
import { Composer } from './composer.js';
import { tellFrame } from './frame.js';
import { JoinForm } from './join-form.js';
import { browserMemory, tabMemory } from './memory.js';
import { MessageLog } from './message-log.js';
import { Myself } from './myself.js';
import { Outbox } from './outbox.js';
import { PeopleView } from './people-view.js';
import { firstChoice, roomOfHash } from './rooms.js';
import { Session } from './session.js';
import { millisOf } from './way.js';

const log = new MessageLog();
const cluster = new ClusterView();
const people = new PeopleView();
const form = new JoinForm(enter);
const session = new Session({
  onStatus: showStatus,
  onCluster: (state) => {
    cluster.show(state);
    log.self = cluster.self;
  },
  onNodes: (change) => cluster.change(change),
  onJoined: joined,
  onRecovered: (recovery) => log.markReturn(recovery),
  onLost: () => outbox.failAll('the connection broke'),
  onRefused: refused,
  onMessage: arrived,
  onPeople: (presences) => people.show(presences, ownName),
});
const outbox = new Outbox((message) => session.send(message));
const myself = new Myself((person) => session.tell(person));
const composer = new Composer((body) => outbox.post(body), (typing) => myself.typing(typing));
let currentRoom;
let ownName;

function enter(room, name) {
  currentRoom = room;
  browserMemory.set('name', name);
  browserMemory.set('room', room);
  tabMemory.set('joined', 'yes');
  history.replaceState(null, '', `#${encodeURIComponent(room)}`);
  document.title = `#${room} · Chat`;
  byId('room-name').textContent = room;
  byId('who').textContent = name || 'anonymous';
  log.clear();
  outbox.clear();
  people.clear();
  form.hide();
  byId('conversation').hidden = false;
  session.join(room, name || null);
  composer.focus();
}

function arrived(message) {
  log.add(message, outbox.arrived(message?.cid));
  const millis = millisOf(message, Date.now());
  if (millis !== undefined) {
    tellFrame({ way: { from: message.node, to: cluster.self, millis } });
  }
}

function joined(room, again, user) {
  ownName = user;
  myself.joined();
  if (again) {
    log.markConnection();
  }
}

function leave() {
  currentRoom = undefined;
  tabMemory.set('joined', undefined);
  session.leave();
  byId('conversation').hidden = true;
  document.title = 'Chat';
  form.show();
}

function refused(reason) {
  leave();
  form.refuse(`The room refused: ${reason}`);
  form.focus();
}

function showStatus({ state, text }) {
  const sign = byId('state');
  sign.dataset.state = state;
  if (byId('state-text').textContent !== text) {
    byId('state-text').textContent = text;
  }
  tellFrame({ state });
  cluster.stale = state !== 'open';
  people.stale = state !== 'open';
  composer.ready = session.ready;
  composer.hint = state === 'open' ? '' : 'You can write; sending needs the connection.';
}

byId('change').addEventListener('click', () => {
  leave();
  form.focus();
});
addEventListener('hashchange', () => {
  const room = roomOfHash(location.hash);
  if (room && currentRoom && room !== currentRoom) {
    enter(room, form.name);
  } else if (room) {
    form.room = room;
  }
});

const first = firstChoice({
  search: location.search,
  hash: location.hash,
  remembered: { name: browserMemory.get('name'), room: browserMemory.get('room'), joined: tabMemory.get('joined') },
});
form.fill(first);
session.start();
if (first.join) {
  enter(first.room, first.name);
} else {
  form.focus();
}
