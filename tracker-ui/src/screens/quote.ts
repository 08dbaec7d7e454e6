import { html, nothing, type TemplateResult } from 'lit';
import type { ChoiceView, QuoteFormView, QuoteReportView } from '#tracker/api/index.ts';
import { Asker } from '../call/asker.ts';
import { Loader } from '../call/loader.ts';
import { fileBody } from '../call/post.ts';
import { drop } from '../parts/drop.ts';
import { LightElement } from '../parts/light.ts';
import { failed, whenReady } from '../parts/notice.ts';
import { quoteReport } from '../parts/quote-report.ts';
import { documentOf, EMPTY_LINE, withValue, type Draft, type DraftLine } from './quote-draft.ts';

/** A quote typed line by line, or a file: the API judges it, the page shows what to correct. */
class QuoteElement extends LightElement {
  static override readonly properties = { draft: { state: true } };
  declare private draft: Draft;
  readonly #form = new Loader<QuoteFormView>(this, () => '/api/quote-checks/form');
  readonly #report = new Asker<QuoteReportView>(this, '/api/quote-checks');

  constructor() {
    super();
    this.draft = { fields: { kind: 'quote', couloir: 'SGL' }, lines: [] };
  }

  protected override render(): TemplateResult {
    return whenReady(this.#form.state, (form) => this.#page(form));
  }

  #page(form: QuoteFormView): TemplateResult {
    // The first line is there to be completed: the State line, worded as it has to be.
    if (this.draft.lines.length === 0) {
      const first = { ...EMPTY_LINE, label: form.stateLabel, category: 'prestation-segur', payer: 'state' };
      this.draft = { ...this.draft, lines: [first, EMPTY_LINE] };
    }
    return html`<h1>Vérifier un devis</h1>
      <p class="intro">
        Devis, bon de commande ou facture : les vingt contrôles du financement, et ce qu’il faut corriger. Rien n’est
        gardé.
      </p>
      ${drop({
        id: 'fichier-devis',
        title: 'Choisissez un fichier, ou déposez-le ici',
        hint: 'Classeur .xlsx, .csv ou .json.',
        accept: '.xlsx,.csv,.json',
        template: { href: '/api/quote-checks/template', label: 'Télécharger le modèle' },
        taken: (file) => void this.#judge(file.name, async () => ({ file: await fileBody(file) })),
      })}
      <form novalidate @submit=${this.#submitted}>
        <section class="card" aria-labelledby="document">
          <h2 id="document">Ou saisissez-le</h2>
          ${this.#fields(form)}
        </section>
        <section class="card" aria-labelledby="lignes">
          <h2 id="lignes">Lignes</h2>
          ${this.#lines(form)}
          <div class="actions">
            <button type="button" @click=${this.#added}>Ajouter une ligne</button>
            <button type="submit" class="main" ?disabled=${this.#report.state.status === 'asking'}>Vérifier</button>
          </div>
        </section>
      </form>
      ${this.#result()}`;
  }

  #fields({ kinds, couloirs, signatures }: QuoteFormView): TemplateResult {
    return html`<div class="fields">
        ${this.#select('kind', 'Type de document', kinds)} ${this.#input('number', 'Numéro')}
        ${this.#select('couloir', 'Couloir', couloirs)}
        ${this.#input('siteCount', 'Nombre de sites de l’instance', 'number')}
      </div>
      <details class="more">
        <summary>Dates, signature, mentions et conditions</summary>
        <div class="fields">
          ${this.#input('signedOn', 'Signature du client', 'date')}
          ${this.#select('signature', 'Façon de signer', signatures, 'Non renseignée')}
          ${this.#input('referencedOn', 'Référencement', 'date')} ${this.#input('sentOn', 'Envoi du dossier', 'date')}
          ${this.#input('deemedCompleteOn', 'Dossier réputé complet', 'date')}
          ${this.#input('advancePeriodEndsOn', 'Fin des demandes d’avance', 'date')}
          ${this.#area('mentions', 'Mentions imprimées, une par ligne')}
          ${this.#area('conditions', 'Conditions de vente, une par ligne')}
        </div>
      </details>`;
  }

  #input(name: string, label: string, type = 'text'): TemplateResult {
    return html`<label
      >${label}
      <input
        type=${type}
        name=${name}
        autocomplete="off"
        min=${type === 'number' ? 1 : nothing}
        .value=${this.draft.fields[name] ?? ''}
        @input=${this.#typed}
      />
    </label>`;
  }

  #area(name: string, label: string): TemplateResult {
    return html`<label class="wide"
      >${label}
      <textarea name=${name} rows="2" .value=${this.draft.fields[name] ?? ''} @input=${this.#typed}></textarea>
    </label>`;
  }

  #select(name: string, label: string, choices: readonly ChoiceView[], none?: string): TemplateResult {
    return html`<label
      >${label}
      <select name=${name} @change=${this.#typed}>
        ${options(choices, this.draft.fields[name] ?? '', none)}
      </select>
    </label>`;
  }

  #lines(form: QuoteFormView): TemplateResult {
    return html`<table class="typed" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col" class="rank"><span class="hidden">N°</span></th>
          <th role="columnheader" scope="col" class="what">Libellé</th>
          <th role="columnheader" scope="col" class="kind">Nature</th>
          <th role="columnheader" scope="col" class="short">DSR</th>
          <th role="columnheader" scope="col" class="amount">HT (€)</th>
          <th role="columnheader" scope="col" class="amount">TTC (€)</th>
          <th role="columnheader" scope="col">À la charge de</th>
          <th role="columnheader" scope="col" class="tool"><span class="hidden">Retirer</span></th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${this.draft.lines.map((line, rank) => this.#line(form, line, rank))}
      </tbody>
    </table>`;
  }

  #line(form: QuoteFormView, line: DraftLine, rank: number): TemplateResult {
    const number = rank + 1;
    const set = (name: keyof DraftLine) => (event: Event) => {
      this.draft = withValue(this.draft, rank, name, (event.target as HTMLInputElement).value);
    };
    const select = (name: 'category' | 'payer', label: string, choices: readonly ChoiceView[], none: string) =>
      html`<select aria-label=${`${label}, ligne ${number}`} @change=${set(name)}>
        ${options(choices, line[name], none)}
      </select>`;
    const amount = (name: 'ht' | 'ttc', label: string) =>
      html`<input
        class="end num"
        inputmode="decimal"
        autocomplete="off"
        aria-label=${`${label}, ligne ${number}`}
        .value=${line[name]}
        @input=${set(name)}
      />`;
    return html`<tr role="row">
      <th role="rowheader" scope="row" class="rank num">${number}</th>
      <td role="cell" class="what" data-label="Libellé">
        <textarea
          rows="1"
          aria-label=${`Libellé, ligne ${number}`}
          data-rank=${rank}
          .value=${line.label}
          @input=${set('label')}
        ></textarea>
      </td>
      <td role="cell" class="kind" data-label="Nature">
        ${select('category', 'Nature', form.categories, 'D’après le libellé')}
      </td>
      <td role="cell" class="short" data-label="DSR">
        <input
          autocomplete="off"
          placeholder=${this.draft.fields['couloir'] ?? ''}
          aria-label=${`DSR, ligne ${number}`}
          .value=${line.dsr}
          @input=${set('dsr')}
        />
      </td>
      <td role="cell" class="amount" data-label="HT (€)">${amount('ht', 'Montant HT')}</td>
      <td role="cell" class="amount" data-label="TTC (€)">${amount('ttc', 'Montant TTC')}</td>
      <td role="cell" class="payer" data-label="À la charge de">
        ${select('payer', 'À la charge de', form.payers, 'Non renseigné')}
      </td>
      <td role="cell" class="tool">
        <button type="button" aria-label=${`Retirer la ligne ${number}`} @click=${() => this.#removed(rank)}>✕</button>
      </td>
    </tr>`;
  }

  #result(): TemplateResult {
    const { state } = this.#report;
    switch (state.status) {
      case 'idle':
        return html`<p class="quiet" role="status"></p>`;
      case 'asking':
        return html`<p class="quiet" role="status">Vérification…</p>`;
      case 'failed':
        return failed(state.error);
      case 'ready':
        return quoteReport(state.view, state.about);
    }
  }

  readonly #typed = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement;
    this.draft = { ...this.draft, fields: { ...this.draft.fields, [name]: value } };
  };

  readonly #added = async (): Promise<void> => {
    this.draft = { ...this.draft, lines: [...this.draft.lines, EMPTY_LINE] };
    await this.#focusLine(this.draft.lines.length - 1);
  };

  async #removed(rank: number): Promise<void> {
    const lines = this.draft.lines.filter((_, index) => index !== rank);
    this.draft = { ...this.draft, lines: lines.length === 0 ? [EMPTY_LINE] : lines };
    await this.#focusLine(Math.min(rank, this.draft.lines.length - 1));
  }

  /** The place of the keyboard follows the line: it is never lost with the button that went. */
  async #focusLine(rank: number): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>(`textarea[data-rank="${rank}"]`)?.focus();
  }

  readonly #submitted = async (event: Event): Promise<void> => {
    event.preventDefault();
    await this.#judge('Document saisi', () => ({ document: documentOf(this.draft) }));
  };

  async #judge(about: string, body: () => unknown): Promise<void> {
    await this.#report.ask(about, body);
    await this.updateComplete;
    this.querySelector<HTMLElement>('#resultat')?.focus();
  }
}

customElements.define('jalon-quote', QuoteElement);

function options(choices: readonly ChoiceView[], value: string, none?: string): TemplateResult {
  return html`${none === undefined ? nothing : html`<option value="" ?selected=${value === ''}>${none}</option>`}
  ${choices.map((one) => html`<option value=${one.value} ?selected=${one.value === value}>${one.label}</option>`)}`;
}
