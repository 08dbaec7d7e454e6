import { html } from 'hono/html';
import type { Laboratory } from '../app/laboratory.ts';
import { displayName } from '../accounts/index.ts';
import type { Session } from '../sessions/index.ts';
import type { Html, PageContext, PageContent } from './view.ts';
import { PROFILE } from './words.ts';

const MENU: readonly (readonly [string, string])[] = [
  ['/', 'Accueil'],
  ['/patients', 'Patients'],
  ['/liste-de-travail', 'Liste de travail'],
  ['/demandes', 'Demandes'],
  ['/comptes-rendus', 'Comptes rendus'],
  ['/envois', "Boîte d'envoi"],
  ['/journal-insi', 'Journal INSi'],
  ['/journal-identites', 'Traces des identités'],
  ['/journal-hl7', 'Échanges HL7'],
  ['/messagerie', 'Messagerie MSSanté'],
  ['/journal-mss', 'Traces MSSanté'],
  ['/annuaire', 'Annuaire'],
  ['/comptes', 'Comptes'],
  ['/parametres', 'Paramètres'],
  ['/connexion', 'Connexion'],
];

/** One page: title, menu, what happened, content. */
export function layout(
  lab: Laboratory,
  view: PageContent & { path: string; session?: Session | undefined; notice?: string | undefined },
): Html {
  const { product, laboratory } = lab.config;
  const here = `/${view.path.split('/')[1] ?? ''}`;
  return html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${view.title} – ${product.name}</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <a class="evitement" href="#contenu">Aller au contenu</a>
        <header>
          <p class="marque">${product.name} <span>${laboratory.name}</span></p>
          <p class="utilisateur">
            ${
              view.session
                ? `Connecté : ${displayName(view.session.account)}, profil ${PROFILE[view.session.profile]}`
                : 'Non connecté'
            }
          </p>
          <nav aria-label="Menu principal">
            <ul>
              ${MENU.map(
                ([path, label]) =>
                  html`<li><a href="${path}" ${path === here ? html`aria-current="page"` : ''}>${label}</a></li>`,
              )}
            </ul>
          </nav>
        </header>
        <main id="contenu" tabindex="-1">
          <h1>${view.title}</h1>
          ${view.notice ? html`<p class="avis" role="status">${view.notice}</p>` : ''} ${view.main}
        </main>
        <footer>${product.name} ${product.version} – ${product.editor}</footer>
      </body>
    </html>`;
}

/** A form that acts: always POST, always with its token. */
export function form(page: PageContext, action: string, label: string, fields: Html | string = ''): Html {
  return html`<form method="post" action="${action}">
    <input type="hidden" name="jeton" value="${page.csrf.token(page.http)}" />
    ${fields}
    <button type="submit">${label}</button>
  </form>`;
}

export interface FieldOptions {
  type?: string;
  required?: boolean;
  hint?: string;
  value?: string;
  pattern?: string;
  max?: number;
  /** Shown, never sent: with a mark and the reason. */
  locked?: string;
  /** When several forms of a page have a field of this name. */
  id?: string;
  capitals?: boolean;
}

export function field(name: string, label: string, options: FieldOptions = {}): Html {
  const { type = 'text', required = false, value = '', pattern, max = 200, locked, id = name } = options;
  const hint = locked ?? options.hint;
  return html`<p class="champ">
    <label for="${id}">${label}${required ? ' (obligatoire)' : ''} ${locked === undefined ? '' : LOCK}</label>
    <input
      id="${id}"
      name="${name}"
      type="${type}"
      value="${value}"
      maxlength="${max}"
      autocomplete="off"
      ${options.capitals ? html`class="capitales"` : ''}
      ${locked === undefined ? '' : html`readonly aria-readonly="true"`}
      ${required ? html`required` : ''}
      ${pattern ? html`pattern="${pattern}"` : ''}
      ${hint ? html`aria-describedby="${id}-aide"` : ''}
    />
    ${hint ? html`<span class="aide" id="${id}-aide">${hint}</span>` : ''}
  </p>`;
}

/** The mark of what nobody may change here. */
export const LOCK: Html = html`<span class="verrou">Verrouillé</span>`;

export function choice(
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  more: { chosen?: string; id?: string; locked?: string } = {},
): Html {
  const { chosen, id = name, locked } = more;
  return html`<p class="champ">
    <label for="${id}">${label} ${locked === undefined ? '' : LOCK}</label>
    <select
      id="${id}"
      name="${name}"
      ${locked === undefined ? '' : html`disabled`}
      ${locked ? html`aria-describedby="${id}-aide"` : ''}
    >
      ${options.map(
        ([value, text]) => html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${text}</option>`,
      )}
    </select>
    ${locked ? html`<span class="aide" id="${id}-aide">${locked}</span>` : ''}
  </p>`;
}

/** Boxes of one group, all under one name. */
export function boxes(
  name: string,
  legend: string,
  options: readonly (readonly [string, string])[],
  checked: (value: string) => boolean,
): Html {
  return html`<fieldset>
    <legend>${legend}</legend>
    ${options.map(
      ([value, label]) =>
        html`<label class="case"
          ><input type="checkbox" name="${name}" value="${value}" ${checked(value) ? html`checked` : ''} />
          ${label}</label
        >`,
    )}
  </fieldset>`;
}

/** Labelled values; a locked one carries its mark. */
export function facts(rows: readonly (readonly [label: string, value: Html | string, locked?: boolean])[]): Html {
  return html`<dl>
    ${rows.map(
      ([label, value, locked]) =>
        html`<dt>${label}</dt>
          <dd>${value} ${locked === true ? LOCK : ''}</dd>`,
    )}
  </dl>`;
}

/** A table with its caption; says so when it has no line. */
export function table(caption: string, heads: readonly string[], rows: readonly (readonly (Html | string)[])[]): Html {
  if (rows.length === 0) return html`<p>${caption} : aucune ligne.</p>`;
  return html`<div class="defile" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const DATE_TIME = new Intl.DateTimeFormat('fr-FR', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: 'Europe/Paris',
});

/** In Paris time. */
export function dateTime(at: Date): string {
  return DATE_TIME.format(at);
}
