import type { TestProfessional } from '../population/types.ts';

/** Names of the fields of the login form; the cardholder of the bench fills the same ones as a person. */
export const FORM = { request: 'demande', professional: 'professionnel', action: 'action' } as const;
export const LOGIN_PATH = '/auth/connexion';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/gu, (sign) => escapes[sign] ?? sign);

function page(title: string, body: string, status: number, headers: Readonly<Record<string, string>> = {}): Response {
  const html = `<!DOCTYPE html>
<html lang="fr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>body{font:1rem/1.5 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
fieldset{border:1px solid #767676}label{display:block;padding:.3rem 0}button{font:inherit;padding:.5rem 1rem;margin:1rem .5rem 0 0}</style>
</head>
<body><main><h1>${escapeHtml(title)}</h1>
${body}
</main></body></html>`;
  return new Response(html, {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', ...headers },
  });
}

/** Page where a test professional is chosen, for a person and for the cardholder of the bench alike. */
export function loginPage(requestId: string, professionals: readonly TestProfessional[]): Response {
  const choices = professionals
    .map(
      (one, index) =>
        `<label><input type="radio" name="${FORM.professional}" value="${escapeHtml(one.nationalId)}"${index === 0 ? ' checked' : ''}> ` +
        `${escapeHtml(`${one.title} ${one.firstName} ${one.lastName}`.trim())} (${escapeHtml(one.nationalId)}), ${escapeHtml(one.structure.name)}</label>`,
    )
    .join('\n');
  return page(
    'Pro Santé Connect (banc de test)',
    `<p>Choisissez le professionnel de test qui s'identifie.</p>
<form method="post" action="${LOGIN_PATH}">
<input type="hidden" name="${FORM.request}" value="${escapeHtml(requestId)}">
<fieldset><legend>Professionnel</legend>
${choices}
</fieldset>
<button type="submit" name="${FORM.action}" value="accepter">S'identifier</button>
<button type="submit" name="${FORM.action}" value="refuser">Refuser</button>
</form>`,
    200,
  );
}

/** Error page of the service: shown to the person, the product is not called back. */
export function errorPage(message: string, status = 400): Response {
  return page('Nous sommes désolés', `<p role="alert">${escapeHtml(message)}</p>`, status);
}

export function loggedOutPage(headers: Readonly<Record<string, string>>): Response {
  return page('Vous êtes déconnecté', '<p>La session Pro Santé Connect est terminée.</p>', 200, headers);
}
