import { byId, element } from './dom.js';
import { tint } from './node-badge.js';
import { orderFor, wayText } from './order.js';

const USERS = ['Ann', 'Ben'];
const states = {};
const sides = {};

function side(name, url, user) {
  const button = element('button', { type: 'button', 'data-testid': `order-${name}` });
  const frame = element('iframe', {
    title: `The page of ${user} on ${name}`,
    name,
    src: `${url}/?name=${user}&room=both&frame=${encodeURIComponent(location.origin)}`,
  });
  const view = tint(element('section', { class: 'side', 'aria-label': name },
    element('header', {}, element('h2', { text: name }), button), frame), name);
  button.addEventListener('click', () => order(name));
  states[name] = 'connecting';
  sides[name] = { url, button, frame };
  return view;
}

function showButtons() {
  for (const [name, { button }] of Object.entries(sides)) {
    const { order: what, via } = orderFor(name, states);
    button.textContent = `${what === 'kill' ? 'Kill' : 'Start'} ${name}`;
    button.disabled = !via;
  }
}

async function order(name) {
  const { order: what, via } = orderFor(name, states);
  try {
    const { ok, status } = await fetch(`${sides[via].url}/lab/${name}/${what}`, { method: 'POST' });
    byId('way').textContent = ok ? `${name}: ${what} …` : `${name}: the order was refused (${status})`;
  } catch (error) {
    byId('way').textContent = `${name}: the order did not arrive`;
  }
}

function draw(way) {
  const names = Object.keys(sides);
  byId('way').textContent = wayText(way);
  const from = names.findIndex((name) => way.from?.startsWith(`${name}@`));
  if (way.from !== way.to && from >= 0) {
    const dot = tint(element('span', { class: from === 0 ? 'dot' : 'dot back' }), names[from]);
    dot.addEventListener('animationend', () => dot.remove());
    byId('wire').append(dot);
  }
}

addEventListener('message', ({ source, data }) => {
  const name = Object.keys(sides).find((each) => sides[each].frame.contentWindow === source);
  if (!name) {
    return;
  }
  if (data?.state) {
    states[name] = String(data.state);
    showButtons();
  } else if (data?.way) {
    const { from, to, millis } = data.way;
    draw({ from: String(from), to: String(to), millis: Number(millis) });
  }
});

try {
  const nodes = await (await fetch('lab.json')).json();
  byId('sides').replaceChildren(...Object.entries(nodes).map(([name, url], index) => side(name, url, USERS[index])));
  showButtons();
} catch (error) {
  byId('way').textContent = 'sample-chat-app/two-nodes.sh starts the nodes that this page shows.';
}
