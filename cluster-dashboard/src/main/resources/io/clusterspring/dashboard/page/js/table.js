import { element } from './dom.js';

function part(cell) {
  const { text, href, title, tone, kind } = typeof cell === 'object' ? cell : { text: cell };
  const classes = [tone && `tone-${tone}`, kind].filter(Boolean).join(' ') || undefined;
  return element(href ? 'a' : 'span', { href, title: title ?? (kind === 'name' ? text : undefined), class: classes, dir: kind === 'name' ? 'auto' : undefined, text: String(text ?? '–') });
}

function content(cell) {
  return Array.isArray(cell) ? [element('span', { class: 'parts' }, ...cell.map(part))] : [part(cell)];
}

/**
 * A table that keeps its rows: a row whose item is shown again keeps its place in the page, and a cell is made anew
 * only if it says something else. The focus and what is selected stay.
 */
export class Table {
  constructor({ columns, keyOf, label, action }) {
    this.columns = columns;
    this.keyOf = keyOf;
    this.action = action;
    this.rows = new Map();
    this.body = element('tbody', { role: 'rowgroup' });
    const titles = columns.map(({ title, kind }) => element('th', { scope: 'col', role: 'columnheader', class: kind, text: title }));
    if (action) {
      titles.push(element('th', { scope: 'col', role: 'columnheader', class: 'actions' }, element('span', { class: 'hidden', text: 'Actions' })));
    }
    this.element = element('table', { role: 'table', 'aria-label': label },
      element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...titles)), this.body);
  }

  show(items) {
    const next = new Map();
    items.forEach((item) => next.set(this.keyOf(item), item));
    for (const [key, row] of this.rows) {
      if (!next.has(key)) {
        row.element.remove();
        this.rows.delete(key);
      }
    }
    let place = this.body.firstElementChild;
    for (const [key, item] of next) {
      const row = this.rows.get(key) ?? this.create(key, item);
      this.fill(row, item);
      if (row.element === place) {
        place = place.nextElementSibling;
      } else {
        this.body.insertBefore(row.element, place);
      }
    }
  }

  create(key, item) {
    const cells = this.columns.map(({ title, kind }) => element(kind === 'key' ? 'th' : 'td', {
      class: kind, 'data-title': title, role: kind === 'key' ? 'rowheader' : 'cell', scope: kind === 'key' ? 'row' : undefined,
    }));
    const row = { element: element('tr', { role: 'row' }, ...cells), cells, shown: [] };
    if (this.action) {
      row.element.append(element('td', { class: 'actions', role: 'cell' }, ...this.action(item)));
    }
    this.rows.set(key, row);
    return row;
  }

  fill(row, item) {
    row.element.dataset.state = item.state ?? '';
    this.columns.forEach(({ cell }, index) => {
      const made = cell(item);
      const signature = JSON.stringify(made);
      if (row.shown[index] !== signature) {
        row.shown[index] = signature;
        row.cells[index].replaceChildren(...content(made));
      }
    });
  }
}
