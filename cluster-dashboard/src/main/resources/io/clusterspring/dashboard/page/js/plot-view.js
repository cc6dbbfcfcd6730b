import { drawn, element, setText } from './dom.js';
import { area, ceiling, largest, line, pieces } from './plot.js';
import { newest } from './series.js';

const WIDTH = 240;
const HEIGHT = 56;
const SPAN = 600_000;

/** A small plot of one or two figures over the last ten minutes. */
export class PlotView {
  /** @param lines the figures: their names among the samples, and what they are called */
  constructor({ title, lines, show, top = ceiling }) {
    Object.assign(this, { title, lines, format: show, top });
    this.paths = lines.map((each, index) => ({
      area: drawn('path', { class: `area line-${index}` }), line: drawn('path', { class: `stroke line-${index}` }),
    }));
    this.most = element('span', { class: 'most' });
    this.values = lines.map((each, index) => element('dd', { class: `line-${index}` }));
    this.svg = drawn('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img' }, ...this.paths.flatMap((path) => [path.area, path.line]));
    this.element = element('figure', { class: 'plot', 'data-testid': `plot-${lines[0].name}` },
      element('figcaption', {}, element('span', { class: 'title', text: title }), this.most),
      this.svg,
      element('dl', {}, ...lines.flatMap((each, index) => [element('dt', { class: `line-${index}`, text: each.text }), this.values[index]])));
  }

  /** Returns whether the samples have any of its figures. */
  show(samples, now) {
    const known = this.lines.map(({ name }) => samples.series[name] ?? []);
    const most = this.top(largest(known));
    known.forEach((values, index) => {
      const all = pieces(samples.times, values, { from: now - SPAN, to: now, most, width: WIDTH, height: HEIGHT - 1 });
      this.paths[index].line.setAttribute('d', line(all));
      this.paths[index].area.setAttribute('d', area(all, HEIGHT));
      setText(this.values[index], `${this.format(newest(values))}`);
    });
    setText(this.most, `to ${this.format(most)}`);
    const text = this.lines.map((each, index) => `${each.text} ${this.format(newest(known[index]))}`).join(', ');
    this.svg.setAttribute('aria-label', `${this.title}, the last ten minutes; now: ${text}`);
    this.element.hidden = known.every((values) => values.length === 0);
  }
}
