import { Actions } from './actions.js';
import { alerts } from './alerts.js';
import { Client } from './client.js';
import { byTestId, element, setText } from './dom.js';
import { clock } from './format.js';
import { Keys } from './keys.js';
import { Pages, SECTIONS } from './pages.js';
import { link, parse } from './route.js';
import { Store } from './store.js';

const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;

const client = new Client({ page: meta('cluster-page'), cluster: meta('cluster-endpoint') || 'cluster' });
const store = new Store(client);
const actions = new Actions(client);
const context = { client, store, actions };
const pages = new Pages(context);
const search = document.getElementById('search');

const entries = SECTIONS.map(({ page, title }) => {
  const entry = element('a', { href: link(page), text: title });
  byTestId('sections').append(entry);
  return { page, entry };
});

function route(focus) {
  const target = parse(location.hash);
  entries.forEach(({ page, entry }) => (page === target.page ? entry.setAttribute('aria-current', 'page') : entry.removeAttribute('aria-current')));
  if (target.page === 'search') {
    search.value = target.params.q ?? '';
  }
  pages.show(target, focus);
}

function showState() {
  const now = Date.now();
  const state = byTestId('state');
  const late = store.answeredAt === null ? null : now - store.answeredAt;
  if (document.hidden) {
    return;
  }
  if (late === null) {
    setText(state, store.failure ? store.failure.message : 'Waiting for the first answer');
    state.dataset.state = store.failure ? 'lost' : 'waiting';
  } else if (store.failure || late > 6000) {
    // the seconds are in the warning; a status that changes each second would be read out each second
    setText(state, `No answer since ${clock(new Date(store.answeredAt))}`);
    state.dataset.state = 'lost';
  } else {
    setText(state, 'Live');
    state.dataset.state = 'live';
  }
  document.body.classList.toggle('stale', state.dataset.state === 'lost' && late !== null);
}

const shownAlerts = new Map();

function showAlerts() {
  const place = byTestId('alerts');
  const all = alerts(store, Date.now());
  const ids = new Set(all.map(({ id }) => id));
  for (const [id, line] of shownAlerts) {
    if (!ids.has(id)) {
      line.remove();
      shownAlerts.delete(id);
    }
  }
  all.forEach(({ id, tone, text }, index) => {
    const line = shownAlerts.get(id) ?? element('p', { class: 'alert', 'data-alert': id });
    shownAlerts.set(id, line);
    line.dataset.tone = tone;
    setText(line, text);
    if (place.children[index] !== line) {
      place.insertBefore(line, place.children[index] ?? null);
    }
  });
  place.hidden = all.length === 0;
}

function showName() {
  const name = store.cluster?.name;
  if (name && context.name !== name) {
    context.name = name;
    setText(byTestId('name'), name);
    document.title = `${pages.open.title} · ${name}`;
  }
  setText(byTestId('seen-by'), store.self ? `as ${store.self} sees it` : '');
}

function update() {
  showName();
  showState();
  showAlerts();
}

byTestId('search-form').addEventListener('submit', (event) => {
  event.preventDefault();
  location.hash = link('search', { q: search.value.trim() });
});
document.querySelector('[data-skip]').addEventListener('click', (event) => {
  event.preventDefault();
  byTestId('content').focus();
});
window.addEventListener('hashchange', () => route(true));
document.addEventListener('visibilitychange', update);
store.addEventListener('change', update);
setInterval(() => { if (!document.hidden) { update(); } }, 1000);
new Keys(SECTIONS, search, byTestId('keys'));
route(false);
store.start();
actions.probe().then((allowed) => {
  if (allowed) {
    route(false);
  }
});
