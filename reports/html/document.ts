import { html, raw, type Html } from './html.ts';

/** What stands in a page that is handed over: its table of contents beside what it says. */
export interface PageParts {
  readonly title: string;
  /** CSS of ours. */
  readonly style: string;
  readonly contents: Html;
  readonly main: Html;
}

/**
 * A page that needs no server and sends nothing: no script, no request, no form, even if a text escaped its escaping.
 */
export function htmlDocument({ title, style, contents, main }: PageParts): string {
  return `${html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        />
        <meta name="referrer" content="no-referrer" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <a class="skip" href="#contenu">Aller au contenu</a>
        <div class="app">
          ${contents}
          <main id="contenu">${main}</main>
        </div>
      </body>
    </html> `}`;
}
