import { element } from './dom.js';

/**
 * Asks before something is done. Returns a promise of the values of the fields, or of null if it is not to be done.
 * @param fields each with a name and a text, and `area` for several lines
 */
export function confirmed({ title, text, label, fields = [], place = document.body }) {
  return new Promise((resolve) => {
    const inputs = fields.map(({ name, area, value = '' }) => element(area ? 'textarea' : 'input', { name, id: `field-${name}`, rows: area ? 4 : undefined, type: area ? undefined : 'text', required: true, spellcheck: 'false', text: area ? value : undefined, value: area ? undefined : value }));
    const no = element('button', { type: 'button', text: 'Cancel', 'data-testid': 'cancel', on: { click: () => end(null) } });
    const form = element('form', { on: { submit: (event) => { event.preventDefault(); end(Object.fromEntries(inputs.map((input) => [input.name, input.value]))); } } },
      element('h2', { id: 'dialog-title', text: title }), element('p', { text }),
      ...fields.flatMap((field, index) => [element('label', { for: `field-${field.name}`, text: field.text }), inputs[index]]),
      element('div', { class: 'choices' }, no, element('button', { type: 'submit', class: 'danger', text: label, 'data-testid': 'confirm' })));
    const dialog = element('dialog', { class: 'confirm', 'aria-labelledby': 'dialog-title', 'data-testid': 'dialog', on: { cancel: () => end(null) } }, form);
    const end = (values) => {
      // closing gives the focus back to what had it
      dialog.close();
      dialog.remove();
      resolve(values);
    };
    place.append(dialog);
    dialog.showModal();
    (inputs[0] ?? no).focus();
  });
}
