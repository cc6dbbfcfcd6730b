import { NODES, KEYS, VIEWS } from './columns.js';
import { element, setText } from './dom.js';
import { Panel } from './panel.js';
import { Picture } from './picture.js';
import { PlotsPanel } from './plots-panel.js';
import { link } from './route.js';
import { summaryOf } from './summary.js';
import { Table } from './table.js';

/** The first page: nodes and links, the last changes of the view, rates. */
export function overview(context) {
  const { store } = context;
  const picture = new Picture();
  const table = new Table({ columns: NODES, keyOf: KEYS.nodes, label: 'Nodes' });
  const summary = element('span', { class: 'total', 'data-testid': 'summary' });
  const plots = new PlotsPanel(context).start();
  const views = new Panel(context, {
    section: 'views', title: 'Changes of the view', columns: VIEWS, limit: 5, empty: 'No changes of the view yet.',
    more: element('a', { class: 'more', href: link('views'), text: 'All changes' }),
  }).start();
  views.pager.remove();
  const update = () => {
    if (store.nodes) {
      const { seen, gone } = store.side;
      picture.show({ seen, gone });
      table.show([...seen, ...gone]);
      setText(summary, summaryOf(seen));
    }
  };
  store.addEventListener('change', update);
  const nodes = element('section', { class: 'panel', 'data-testid': 'panel-nodes', 'aria-label': 'Nodes' },
    element('header', {}, element('h2', { text: 'Nodes' }), summary),
    element('div', { class: 'nodes' }, picture.element,
      element('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': 'Nodes, list' }, table.element)));
  queueMicrotask(update);
  return {
    title: 'Overview',
    elements: [nodes, plots.element, views.element],
    close: () => {
      store.removeEventListener('change', update);
      picture.close();
      plots.close();
      views.close();
    },
  };
}
