import { searchKey } from '../identity/index.ts';
import {
  SglError,
  type IdentityDocument,
  type IdentityFlag,
  type InsiAuthentication,
  type Traits,
} from '../model/index.ts';
import { CORRECT, type Action, type Fields, type Outcome } from './action.ts';
import type { PageContext } from './view.ts';
import { DOCUMENT, FLAG, HL7_STATE, STATUS } from './words.ts';

/** Oldest comparisons go. */
const MAX_COMPARISONS = 500;

/** The forms of the identities, by path; each does what the gesture of the same sense does. */
export const PATIENT_ACTIONS: Readonly<Record<string, Action>> = {
  '/patients'(page, fields) {
    const { lab, memory } = page;
    const traits = {
      birthName: fields.text('birthName'),
      firstNames: firstNamesOf(fields),
      birthDate: fields.text('birthDate'),
      birthPlace: fields.text('birthPlace'),
      usedName: fields.text('usedName'),
      usedFirstName: fields.text('usedFirstName'),
      ...sexOf(fields),
    };
    const number = readSocialSecurityNumber(fields.text('socialSecurityNumber'));
    const patient = lab.patients.register(traits, userOf(page), documentOf(fields));
    if (number !== '') memory.reimbursement.set(patient.id, number);
    return { to: `/patients/${patient.id}`, notice: `Identité créée, statut : ${STATUS[patient.status]}.` };
  },

  async '/patients/:id/recherche-ins'(page, fields) {
    return await search(page, { ...authenticationOf(fields) });
  },

  async '/patients/:id/recherche-vitale'(page, fields) {
    const birthRank = Number(fields.text('birthRank') || '1');
    const bearer = fields.text('bearer').toUpperCase();
    const holder = fields.text('holder').toUpperCase();
    const wrong = [bearer, holder].some((number) => number !== '' && !/^\d{6}[\dAB]\d{8}$/.test(number));
    const birthDate = fields.text('cardBirthDate');
    if (wrong || holder === '' || !/^\d{4}-\d{2}-\d{2}$/.test(birthDate) || !(birthRank >= 1 && birthRank <= 9)) {
      throw new SglError('CARTE_ILLISIBLE', 'Les données de la carte Vitale sont incomplètes ou mal formées.', CORRECT);
    }
    const card = { ...(bearer && { bearer }), holder, birthName: fields.text('cardName'), birthDate, birthRank };
    return await search(page, { card, ...authenticationOf(fields) });
  },

  async '/patients/:id/verification-ins'(page, fields) {
    page.memory.rights.need(page.session.profile, 'appel-insi');
    const id = idOf(page);
    const order = { patientIds: [id], bulk: false, user: userOf(page), ...authenticationOf(fields) };
    return { to: `/patients/${id}`, notice: (await page.lab.verifyIns(order)).message };
  },

  '/patients/:id/justificatif'(page, fields) {
    const event = { kind: 'piece-presentee', document: documentOf(fields) } as const;
    const patient = page.lab.patients.change(idOf(page), event, userOf(page));
    return done(patient.id, `Justificatif enregistré. ${STATUS[patient.status]}.`);
  },

  '/patients/:id/piece'(page, fields) {
    const patient = page.lab.patients.present(idOf(page), documentOf(fields), userOf(page));
    return done(patient.id, `${STATUS[patient.status]}.`);
  },

  '/patients/:id/attribut'(page, fields) {
    const flag = fields.text('flag');
    if (!Object.hasOwn(FLAG, flag)) throw new SglError('ATTRIBUT_INCONNU', "Cet attribut n'existe pas.", CORRECT);
    const event = { kind: 'attribut', flag: flag as IdentityFlag, on: fields.text('on') === 'oui' } as const;
    const patient = page.lab.patients.change(idOf(page), event, userOf(page));
    return done(patient.id, `${STATUS[patient.status]}.`);
  },

  '/patients/:id/modification'(page, fields) {
    const { lab, memory, session } = page;
    const id = idOf(page);
    const before = lab.patients.get(id);
    const number = fields.has('socialSecurityNumber')
      ? readSocialSecurityNumber(fields.text('socialSecurityNumber'))
      : undefined;
    const changes = changesOf(fields, before.traits);
    const as = session.profile === 'super-utilisateur' ? 'super-utilisateur' : 'utilisateur';
    const after =
      Object.keys(changes).length === 0
        ? before
        : lab.patients.change(id, { kind: 'modification', changes, as }, userOf(page));
    if (number === '') memory.reimbursement.delete(id);
    else if (number !== undefined) memory.reimbursement.set(id, number);
    const lost = before.ins && !after.ins ? ' Matricule INS et OID retirés.' : '';
    return done(id, `Modifications enregistrées.${lost} ${STATUS[after.status]}.`);
  },

  async '/patients/:id/message-hl7'(page) {
    const id = idOf(page);
    const sent = await page.lab.hl7.send(id, userOf(page));
    return done(id, `${sent.type} vers ${sent.partner} : ${HL7_STATE[sent.state].toLowerCase()}. ${sent.detail}`);
  },
};

/** Calls INSi and keeps what it returned beside what was typed. */
async function search(
  page: PageContext,
  more: Omit<Parameters<PageContext['lab']['searchIns']>[0], 'patientId' | 'user'>,
): Promise<Outcome> {
  const { lab, memory, session } = page;
  memory.rights.need(session.profile, 'appel-insi');
  const id = idOf(page);
  const typed = lab.patients.get(id).traits;
  const at = lab.now();
  const { message, returnCode } = await lab.searchIns({ patientId: id, user: userOf(page), ...more });
  const returned = lab.insiJournal.list(id).at(-1)?.identity;
  if (returnCode !== '00' || !returned) return done(id, message);
  memory.comparisons.delete(id);
  memory.comparisons.set(id, { at, typed, returned, message });
  const [oldest] = memory.comparisons.keys();
  if (memory.comparisons.size > MAX_COMPARISONS && oldest !== undefined) memory.comparisons.delete(oldest);
  return { to: `/patients/${id}/comparaison` };
}

function done(id: string, notice: string): Outcome {
  return { to: `/patients/${id}`, notice };
}

function idOf({ http }: PageContext): string {
  return http.req.param('id') ?? '';
}

function userOf({ session }: PageContext): string {
  return session.account.nationalId;
}

function documentOf(fields: Fields): IdentityDocument {
  const document = fields.text('document') || 'aucun';
  if (!Object.hasOwn(DOCUMENT, document)) throw new SglError('PIECE_INCONNUE', "Cette pièce n'existe pas.", CORRECT);
  return document as IdentityDocument;
}

function authenticationOf(fields: Fields): { authentication?: InsiAuthentication } {
  const authentication = fields.text('authentication');
  return authentication === 'cpx' || authentication === 'organisation' ? { authentication } : {};
}

function sexOf(fields: Fields): { sex?: 'M' | 'F' } {
  const sex = fields.text('sex');
  return sex === 'M' || sex === 'F' ? { sex } : {};
}

/** The first one has a field of its own; the list may or may not begin with it. */
function firstNamesOf(fields: Fields): string[] {
  const list = splitNames(fields.text('firstNames'));
  const first = fields.text('firstName');
  return first === '' || searchKey(first) === searchKey(list[0] ?? '') ? list : [first, ...list];
}

function splitNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Fields that were sent with another value than the one held; locked ones are sent as they are. */
function changesOf(fields: Fields, held: Traits): Partial<Traits> {
  const texts = (['birthName', 'birthDate', 'birthPlace', 'usedName', 'usedFirstName'] as const).filter(
    (name) => fields.has(name) && fields.text(name) !== (held[name] ?? ''),
  );
  const firstNames = splitNames(fields.text('firstNames'));
  const otherNames = fields.has('firstNames') && firstNames.join(',') !== held.firstNames.join(',');
  const { sex } = sexOf(fields);
  return {
    ...Object.fromEntries(texts.map((name) => [name, fields.text(name)])),
    ...(otherNames && { firstNames }),
    ...(sex !== undefined && sex !== held.sex && { sex }),
  };
}

function readSocialSecurityNumber(text: string): string {
  const number = text.replaceAll(/\s/g, '').toUpperCase();
  if (number === '' || /^\d{5}[\dAB]{2}\d{6}(\d{2})?$/.test(number)) return number;
  throw new SglError('NUMERO_INVALIDE', 'Le numéro de sécurité sociale compte 13 ou 15 caractères.', CORRECT);
}
