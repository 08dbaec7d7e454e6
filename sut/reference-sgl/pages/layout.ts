import { html } from 'hono/html';
import type { Laboratory } from '../app/laboratory.ts';
import { displayName, type Session } from '../sessions/index.ts';
import type { Html, PageContext, PageContent } from './view.ts';

const MENU: readonly (readonly [string, string])[] = [
  ['/', 'Accueil'],
  ['/patients', 'Patients'],
  ['/demandes', 'Demandes'],
  ['/comptes-rendus', 'Comptes rendus'],
  ['/envois', "Boîte d'envoi"],
  ['/journal-insi', 'Journal INSi'],
  ['/annuaire', 'Annuaire'],
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
            ${view.session ? `Connecté : ${displayName(view.session.account)}` : 'Non connecté'}
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

export function field(
  name: string,
  label: string,
  options: { type?: string; required?: boolean; hint?: string; value?: string; pattern?: string; max?: number } = {},
): Html {
  const { type = 'text', required = false, hint, value = '', pattern, max = 200 } = options;
  return html`<p class="champ">
    <label for="${name}">${label}${required ? ' (obligatoire)' : ''}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      value="${value}"
      maxlength="${max}"
      autocomplete="off"
      ${required ? html`required` : ''}
      ${pattern ? html`pattern="${pattern}"` : ''}
      ${hint ? html`aria-describedby="${name}-aide"` : ''}
    />
    ${hint ? html`<span class="aide" id="${name}-aide">${hint}</span>` : ''}
  </p>`;
}

export function choice(name: string, label: string, options: readonly (readonly [string, string])[]): Html {
  return html`<p class="champ">
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      ${options.map(([value, text]) => html`<option value="${value}">${text}</option>`)}
    </select>
  </p>`;
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
