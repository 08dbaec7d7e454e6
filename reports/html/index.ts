export { htmlDocument, type PageParts } from './document.ts';
export { escapeHtml } from './escape.ts';
export { html, join, raw, type Html, type Insertable } from './html.ts';
export { PLAIN_STYLE } from './plain-style.ts';
