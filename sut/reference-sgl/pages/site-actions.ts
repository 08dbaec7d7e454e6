import type { IdentityDocument } from '../model/index.ts';
import { SglError } from '../model/index.ts';
import { PROFILES } from '../sessions/index.ts';
import { mayChange } from './accounts.ts';
import { CORRECT, type Action } from './action.ts';
import { OPTIONAL_FIELDS } from './memory.ts';
import { RIGHTS } from './rights.ts';
import { SHOWABLE_DOCUMENTS } from './settings.ts';
import type { PageContext } from './view.ts';
import { HL7_STATE } from './words.ts';

const SAVED = 'Paramètres enregistrés.';

/** The forms of the settings, of the accounts and of the exchanges. */
export const SITE_ACTIONS: Readonly<Record<string, Action>> = {
  '/parametres/justificatifs'(page, { all, has }) {
    mayAdminister(page);
    const ticked = all('strongDocuments');
    const strongDocuments: IdentityDocument[] = SHOWABLE_DOCUMENTS.filter((one) => ticked.includes(one));
    page.lab.settings.adjust({ strongDocuments, automaticValidation: has('automaticValidation') });
    return { to: '/parametres', notice: SAVED };
  },

  '/parametres/domaine'(page, { text, has }) {
    mayAdminister(page);
    const trustedDomains = text('trustedDomains')
      .split(/[\s,;]+/)
      .filter((oid) => oid !== '');
    if (trustedDomains.some((oid) => !/^[0-2](\.(0|[1-9]\d*))+$/.test(oid))) {
      throw new SglError(
        'OID_INVALIDE',
        "Un domaine d'identification est un OID, par exemple 1.2.250.1.999.7.",
        CORRECT,
      );
    }
    const role = text('role') === 'esclave' ? 'esclave' : 'referentiel';
    page.lab.settings.adjust({ role, trustedDomains, directCare: has('directCare') });
    return { to: '/parametres', notice: SAVED };
  },

  '/parametres/affichage'(page, { all }) {
    mayAdminister(page);
    const ticked = all('displayed');
    page.memory.displayed.clear();
    for (const field of OPTIONAL_FIELDS) if (ticked.includes(field)) page.memory.displayed.add(field);
    return { to: '/parametres', notice: SAVED };
  },

  '/parametres/habilitations'(page, { all }) {
    mayAdminister(page);
    for (const profile of PROFILES) {
      const ticked = all(`droits-${profile}`);
      page.memory.rights.set(
        profile,
        RIGHTS.filter((right) => ticked.includes(right)),
      );
    }
    return { to: '/parametres', notice: SAVED };
  },

  async '/comptes'(page, { text }) {
    mayAdminister(page);
    const email = text('email');
    const { account, message } = await page.lab.accounts.open({
      lastName: text('lastName'),
      firstName: text('firstName'),
      profession: text('profession'),
      ...(email && { email }),
    });
    return { to: `/comptes/${account.user}`, notice: message };
  },

  async '/comptes/:user/controle'(page) {
    needChange(page);
    const { account, message } = await page.lab.accounts.check(userIn(page));
    return { to: `/comptes/${account.user}`, notice: message };
  },

  async '/comptes/:user/modification'(page, { text }) {
    needChange(page);
    const changes = { lastName: text('lastName'), email: text('email') };
    const { account, message } = await page.lab.accounts.change(userIn(page), changes);
    return { to: `/comptes/${account.user}`, notice: message };
  },

  '/comptes/:user/code'(page, { text }) {
    needChange(page);
    const { user } = page.lab.accounts.confirmEmail(userIn(page), text('code'));
    return { to: `/comptes/${user}`, notice: 'Adresse de messagerie vérifiée.' };
  },

  async '/journal-hl7/:id/relancer'({ lab, http }) {
    const sent = await lab.hl7.retry(http.req.param('id') ?? '');
    return { to: '/journal-hl7', notice: sent ? `${HL7_STATE[sent.state]}. ${sent.detail}` : 'Message inconnu.' };
  },
};

function mayAdminister({ memory, session }: PageContext): void {
  memory.rights.need(session.profile, 'parametres');
}

/** One's own account, or any for the person in charge. */
function needChange(page: PageContext): void {
  if (!mayChange(page, page.lab.accounts.get(userIn(page)))) mayAdminister(page);
}

function userIn({ http }: PageContext): string {
  return http.req.param('user') ?? '';
}
