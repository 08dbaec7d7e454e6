import { html, nothing, type TemplateResult } from 'lit';
import type { RequirementLineView, RequirementListView } from '#tracker/api/index.ts';
import { navigate } from '../app/navigate.ts';
import { pathTo } from '../app/route.ts';
import { Loader } from '../call/loader.ts';
import { count, number } from '../format/format.ts';
import { badge } from '../parts/badge.ts';
import { LightElement } from '../parts/light.ts';
import { requirementLink } from '../parts/links.ts';
import { whenReady } from '../parts/notice.ts';
import { tag } from '../parts/tag.ts';
import { CLASSES } from '../words/nouns.ts';
import { NO_PROOF, NOT_PLAYED, SLOT_STATES, VERDICTS } from '../words/states.ts';
import { apiQuery, CHOICES, withFilter } from './filters.ts';

/**
 * Requirements of the declared profiles, by chapter, under the filters of the address.
 *
 * Property `query`: the query of the address, without question mark.
 */
class RequirementsElement extends LightElement {
  static override readonly properties = { query: { attribute: false } };
  declare query: string;
  readonly #list = new Loader<RequirementListView>(this, () => {
    const query = apiQuery(this.query);
    return query === '' ? '/api/campaigns/current/requirements' : `/api/campaigns/current/requirements?${query}`;
  });

  constructor() {
    super();
    this.query = '';
  }

  protected override render(): TemplateResult {
    return whenReady(this.#list.state, (list) => this.#page(list));
  }

  #page(list: RequirementListView): TemplateResult {
    const shown = list.requirements.length;
    return html`<h1>Exigences</h1>
      ${this.#filters(list)}
      <p role="status" class="quiet">
        ${shown === list.total ? count(shown, 'exigence') : `${count(shown, 'exigence')} sur ${number(list.total)}`}
      </p>
      ${
        shown === 0
          ? html`<p class="card notice">
              Aucune exigence ne répond à ces filtres. <a href="/exigences">Tout montrer</a>
            </p>`
          : list.sections.map(({ id, title }) => chapter(id, title, list.requirements))
      }`;
  }

  #filters({ sections }: RequirementListView): TemplateResult {
    const current = new URLSearchParams(this.query);
    const value = (name: string): string => current.get(name) ?? '';
    return html`<form class="filters" role="search" aria-label="Filtrer les exigences" @submit=${stay}>
      <label class="grow"
        >Texte ou numéro
        <input type="search" name="q" maxlength="200" autocomplete="off" .value=${value('q')} @input=${this.#changed} />
      </label>
      ${select(
        'section',
        'Chapitre',
        sections.map(({ id, title }) => [id, `${id} · ${title}`] as const),
        value('section'),
        this.#changed,
      )}
      ${CHOICES.map(({ name, label, options }) => select(name, label, options, value(name), this.#changed))}
      ${this.query === '' ? nothing : html`<a class="button" href="/exigences">Tout montrer</a>`}
    </form>`;
  }

  readonly #changed = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement | HTMLSelectElement;
    navigate(pathTo({ name: 'requirements', query: withFilter(this.query, name, value) }), true);
  };
}

customElements.define('jalon-requirements', RequirementsElement);

function stay(event: Event): void {
  event.preventDefault();
}

function select(
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  value: string,
  changed: (event: Event) => void,
): TemplateResult {
  return html`<label
    >${label}
    <select name=${name} @change=${changed}>
      <option value="" ?selected=${value === ''}>Tous</option>
      ${options.map(([each, text]) => html`<option value=${each} ?selected=${each === value}>${text}</option>`)}
    </select>
  </label>`;
}

function chapter(id: string, title: string, all: readonly RequirementLineView[]): TemplateResult | typeof nothing {
  const lines = all.filter(({ section }) => section === id);
  if (lines.length === 0) return nothing;
  return html`<section class="card" aria-labelledby=${`chapitre-${id}`}>
    <h2 id=${`chapitre-${id}`}>${id} · ${title} <span class="quiet num">${number(lines.length)}</span></h2>
    <table class="stack" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Exigence</th>
          <th role="columnheader" scope="col">Classe</th>
          <th role="columnheader" scope="col" class="end">Preuves</th>
          <th role="columnheader" scope="col">État</th>
          <th role="columnheader" scope="col">Dernier résultat</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${lines.map(row)}
      </tbody>
    </table>
  </section>`;
}

function row({ id, title, nature, slots, classes, state, verdict }: RequirementLineView): TemplateResult {
  return html`<tr role="row">
    <th role="rowheader" scope="row">
      ${requirementLink(id, html`<span class="mono">${id}</span> ${title}`)}
      ${nature === 'PEUT' ? html`<span class="small quiet">préconisation</span>` : nothing}
    </th>
    <td role="cell" class="states">${classes.map((each) => tag(CLASSES[each]))}</td>
    <td role="cell" class="end num" data-label="Preuves">
      ${slots.total > 0 ? html`${number(slots.done)} / ${number(slots.total)}` : '–'}
    </td>
    <td role="cell" data-label="État">${badge(state ? SLOT_STATES[state] : NO_PROOF)}</td>
    <td role="cell" data-label="Dernier résultat">${badge(verdict ? VERDICTS[verdict] : NOT_PLAYED)}</td>
  </tr>`;
}
