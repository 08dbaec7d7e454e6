import { html, type Html } from '../html/index.ts';

/**
 * A link to a shared file of the run folder, or its bare name when the path is not one: only what lies under `preuves/`
 * or `echecs/` is linked, so that neither `prive/` nor a place outside the folder can be reached from a hostile path.
 *
 * @param path relative to the run folder, with `/`
 */
export function fileLink(path: string, label: string): Html {
  const parts = path.split('/');
  const inside =
    parts.length > 1 &&
    ['preuves', 'echecs'].includes(parts[0] ?? '') &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..');
  if (!inside) return html`<span class="mono">${label}</span>`;
  return html`<a href="${parts.map((part) => encodeURIComponent(part.toWellFormed())).join('/')}">${label}</a>`;
}
