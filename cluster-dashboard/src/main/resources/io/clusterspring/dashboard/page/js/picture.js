import { drawn, element } from './dom.js';
import { count, micros, nodeParts, plural } from './format.js';
import { between, LABELLED, links, place, slower } from './layout.js';
import { link } from './route.js';

/** So many milliseconds are slow between nodes of one cluster, in microseconds. */
const SLOW = 50_000;

const WORDS = { here: 'in the view', silent: 'silent', gone: 'gone' };

/** Draws the nodes and the links between them, with their round trips. */
export class Picture {
  constructor() {
    this.lines = drawn('g', {});
    this.nodes = drawn('g', {});
    this.svg = drawn('svg', { role: 'group', 'aria-label': 'Nodes and the links between them', 'data-testid': 'picture' }, this.lines, this.nodes);
    this.element = element('div', { class: 'picture' }, this.svg);
    this.drawnNodes = new Map();
    this.resized = new ResizeObserver(() => this.draw());
    this.resized.observe(this.element);
  }

  close() {
    this.resized.disconnect();
  }

  show({ seen, gone }) {
    this.all = [...seen, ...gone.slice(0, 12)];
    this.draw();
  }

  draw() {
    const width = this.element.clientWidth;
    if (!this.all || width === 0) {
      return;
    }
    const many = this.all.length > LABELLED;
    const height = many ? 420 : width < 480 ? 260 : 300;
    this.svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.svg.setAttribute('width', width);
    this.svg.setAttribute('height', height);
    this.svg.classList.toggle('many', many);
    const places = place(this.all.map((node) => node.name), width, height, { x: width < 480 ? 62 : 100, y: 58 });
    this.drawLinks(places, many);
    this.drawNodes(places, many);
  }

  drawLinks(places, many) {
    const drawnLinks = links(this.all).filter(({ from, to }) => places.has(from) && places.has(to));
    const lines = drawnLinks.map((each) => this.line(each, places, many));
    this.lines.replaceChildren(...lines);
    this.light(this.lit ?? null);
  }

  line(each, places, many) {
    const from = places.get(each.from);
    const to = places.get(each.to);
    const trip = slower(each);
    const state = each.cut ? 'cut' : trip > SLOW ? 'slow' : 'good';
    const label = each.cut ? 'no answer' : micros(trip);
    const at = between(from, to, this.all.length > 4 ? 0.42 : 0.5);
    const title = `${each.from} to ${each.to}: ${micros(each.there)}; back: ${micros(each.back)}`;
    return drawn('g', { class: `link ${state}`, 'data-ends': `${each.from} ${each.to}` }, drawn('title', { text: title }),
      drawn('line', { x1: from.x, y1: from.y, x2: to.x, y2: to.y }),
      many ? null : drawn('text', { x: at.x, y: at.y - 7, class: 'trip', text: label }));
  }

  /** Nodes keep their elements, so that one that has the focus keeps it. */
  drawNodes(places, many) {
    const names = new Set(this.all.map((node) => node.name));
    for (const [name, group] of this.drawnNodes) {
      if (!names.has(name)) {
        group.element.remove();
        this.drawnNodes.delete(name);
      }
    }
    for (const node of this.all) {
      const group = this.drawnNodes.get(node.name) ?? this.create(node.name);
      this.fill(group, node, places.get(node.name), many);
    }
  }

  create(name) {
    const { name: short, host } = nodeParts(name);
    const group = {
      title: drawn('title', {}), ring: drawn('circle', { class: 'ring' }), circle: drawn('circle', { class: 'disc' }), number: drawn('text', { class: 'figure' }),
      name: drawn('text', { class: 'name', text: short.length > 18 ? `${short.slice(0, 17)}…` : short }),
      note: drawn('text', { class: 'host' }), host,
    };
    group.element = drawn('a', { href: link('node', { name }), 'data-node': name, on: { focus: () => this.light(name), blur: () => this.light(null), mouseenter: () => this.light(name), mouseleave: () => this.light(null) } },
      group.title, group.ring, group.circle, group.number, group.name, group.note);
    this.nodes.append(group.element);
    this.drawnNodes.set(name, group);
    return group;
  }

  fill(group, node, { x, y }, many) {
    const radius = many ? 12 : 24;
    const set = (shape, values) => Object.entries(values).forEach(([name, value]) => shape.setAttribute(name, value));
    set(group.circle, { cx: x, cy: y, r: radius });
    set(group.ring, { cx: x, cy: y, r: radius + 4, visibility: node.self ? 'visible' : 'hidden' });
    set(group.number, { x, y: y + 4 });
    set(group.name, { x, y: y + radius + 16 });
    set(group.note, { x, y: y + radius + 29 });
    group.number.textContent = many || node.state !== 'here' ? '' : short(node.sockets);
    const words = node.state !== 'here' ? WORDS[node.state] : node.self ? 'this node' : node.coordinator ? 'coordinator' : group.host;
    group.note.textContent = many && node.state === 'here' ? '' : words;
    set(group.element, { 'data-state': node.state, class: node.self ? 'self' : '' });
    const text = `${node.name}, ${WORDS[node.state]}${node.reason ? `: ${node.reason}` : ''}${node.state === 'here' ? `, ${plural(node.sockets ?? 0, 'socket')}` : ''}`;
    group.title.textContent = text;
  }

  light(name) {
    this.lit = name;
    for (const drawnLink of this.lines.children) {
      drawnLink.classList.toggle('lit', name !== null && drawnLink.dataset.ends.split(' ').includes(name));
    }
    this.svg.classList.toggle('lighting', name !== null);
  }
}

const short = (value) => (value >= 10_000 ? `${Math.round(value / 1000)}k` : count(value));
