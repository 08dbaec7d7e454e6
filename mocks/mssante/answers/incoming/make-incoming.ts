import { BenchError } from '../../../errors.ts';
import type { TestPatient, TestProfessional } from '../../../population/types.ts';
import { PATIENT_DOMAIN } from '../../mailboxes.ts';
import type { MailboxEntry, MssanteDesk } from '../../types.ts';
import { INTEGRATION_CODES } from '../data.ts';
import { readOriginal, type Original } from '../original.ts';
import { integrationError } from '../reports.ts';
import { INCOMING_KINDS, INCOMING_VARIANTS, variantsOf } from './data.ts';
import { unaccented } from './document.ts';
import { documentMail, textMail, type ReadOrder } from './mail.ts';
import type { IncomingMail, IncomingOrder } from './types.ts';

const REFERENCE = /^<[^\s<>]{1,200}@[^\s<>]{1,200}>$/u;
const MAX_REFERENCES = 50;

/**
 * Makes what a correspondent sends to the product: valid, but for the defect that the variant names.
 * @throws {BenchError} `UNKNOWN_MAILBOX`, `UNKNOWN_PATIENT`, `BAD_MAIL_ORDER`
 */
export async function makeIncoming(desk: MssanteDesk, order: IncomingOrder): Promise<IncomingMail> {
  const read = readOrder(desk, order);
  const { to, from, messageId } = read;
  if (order.kind === 'erreur') return { to, from, messageId, source: errorMail(desk, read) };
  const archive = INCOMING_KINDS[order.kind].carries === 'archive';
  return { to, from, messageId, source: await (archive ? documentMail(read) : textMail(read)) };
}

function readOrder(desk: MssanteDesk, order: IncomingOrder): ReadOrder {
  const { kind, variant, otherPatient, references = [], replaces, code } = order;
  const known = variantsOf(kind);
  if (variant !== undefined && !known.includes(variant)) {
    const list = known.length === 0 ? 'aucune' : known.join(', ');
    throw bad(
      `La variante « ${variant} » n'existe pas pour un mail « ${kind} ».`,
      `Variantes de « ${kind} » : ${list}.`,
    );
  }
  const other = variant === undefined ? undefined : INCOMING_VARIANTS[variant]?.otherPatient;
  if (other === true && otherPatient === undefined) {
    throw bad(`La variante « ${variant} » parle de deux patients.`, 'Donner le second dans « otherPatient ».');
  }
  if (kind === 'annule-et-remplace' ? replaces === undefined : replaces !== undefined) {
    throw bad(
      'Un mail « annule-et-remplace », et lui seul, dit quel mail de document il remplace.',
      'Donner dans « replaces » le Message-ID du premier mail.',
    );
  }
  const cited = [...references, ...(replaces === undefined ? [] : [replaces])];
  const wrong = cited.find((one) => !REFERENCE.test(one));
  if (wrong !== undefined || cited.length > MAX_REFERENCES) {
    throw bad(
      wrong === undefined ? `Plus de ${MAX_REFERENCES} mails cités.` : `« ${wrong} » n'est pas un Message-ID.`,
      'Un Message-ID a la forme <gauche@droite>, sans espace.',
    );
  }
  if (code !== undefined && (kind !== 'erreur' || INTEGRATION_CODES[code] === undefined)) {
    throw bad(
      `« ${code} » n'est pas un code d'erreur.`,
      `Codes d'un mail « erreur » : ${Object.keys(INTEGRATION_CODES).join(', ')}.`,
    );
  }
  const patient = patientOf(desk, order.patient);
  const sender = senderOf(desk, order, patient);
  return {
    order,
    to: mailboxOf(desk, order.to ?? desk.context.population.laboratory.mailbox).address,
    ...sender,
    patient,
    ...(otherPatient === undefined ? {} : { otherPatient: patientOf(desk, otherPatient) }),
    messageId: `<${desk.context.uuid()}@${sender.from.slice(sender.from.lastIndexOf('@') + 1)}>`,
    boundary: desk.context.uuid(),
    at: desk.context.now(),
  };
}

function senderOf(
  desk: MssanteDesk,
  { kind, from }: IncomingOrder,
  patient: TestPatient,
): Pick<ReadOrder, 'from' | 'label' | 'author'> {
  const { professionals, laboratory } = desk.context.population;
  const usual = professionals.find(({ structure }) => structure.id !== laboratory.id) ?? professionals[0];
  if (usual === undefined) throw bad('Le banc n’a aucun professionnel.', 'Démarrer le banc avec sa population.');
  if (kind === 'reponse-patient') return { from: `${patient.ins}@${PATIENT_DOMAIN}`, author: usual };
  if (from === undefined) return { from: usual.mailbox, label: labelOf(usual), author: usual };
  const mailbox = mailboxOf(desk, from);
  const author = professionals.find(
    (one) => one.nationalId === mailbox.professional || one.structure.mailbox === mailbox.address,
  );
  if (author === undefined) {
    throw bad(
      `La boîte « ${from} » n'est celle d'aucun correspondant.`,
      "Donner dans « from » la boîte d'un professionnel ou d'un cabinet du banc.",
    );
  }
  const label = mailbox.kind === 'PER' ? labelOf(author) : author.structure.name;
  return { from: mailbox.address, label, author };
}

/** `<Titre>_<Prénom>_<NOM>_<Entité>` (ECO.2.2.7). */
function labelOf({ title, civility, firstName, lastName, structure }: TestProfessional): string {
  return unaccented([title || civility, firstName, lastName.toUpperCase(), structure.name].join('_'));
}

function patientOf({ context: { population } }: MssanteDesk, key: string): TestPatient {
  const found = population.byKey(key) ?? population.byIns(key);
  if (found !== undefined) return found;
  throw new BenchError(
    'UNKNOWN_PATIENT',
    `Aucun patient de test n'a la clé ou l'INS « ${key} ».`,
    'Prendre un patient de la liste que le banc annonce au démarrage.',
  );
}

/** @throws {BenchError} `UNKNOWN_MAILBOX` */
export function mailboxOf(desk: MssanteDesk, address: string): MailboxEntry {
  const entry = desk.directory.find(address);
  if (entry !== undefined) return entry;
  throw new BenchError(
    'UNKNOWN_MAILBOX',
    `La boîte « ${address} » n'existe pas dans le banc.`,
    'Prendre une adresse de la liste des boîtes que le banc annonce au démarrage.',
  );
}

/** The mail that could not be integrated is the last one cited, when the correspondent has it. */
function errorMail(desk: MssanteDesk, { order, to, from, patient, messageId, at }: ReadOrder): Uint8Array {
  const code = order.code ?? '902';
  const about = order.references?.at(-1);
  const original = (about === undefined ? undefined : originalOf(desk, from, about)) ?? {
    source: Buffer.from(`Message-ID: ${about ?? messageId}\r\n\r\n`),
    messageId: about ?? '',
    references: (order.references ?? []).slice(0, -1).join(' '),
    subject: order.subject ?? `XDM/1.0/DDM+${patient.birthName}`,
    deliveryReportAsked: false,
    readReportTo: undefined,
  };
  const id = messageId.slice(1, messageId.lastIndexOf('@'));
  const domain = messageId.slice(messageId.lastIndexOf('@') + 1, -1);
  const frame = { domain, at, uuid: () => id, sender: to, recipient: from, original };
  return integrationError(frame, code, INTEGRATION_CODES[code] ?? '');
}

function originalOf(desk: MssanteDesk, mailbox: string, messageId: string): Original | undefined {
  return desk.store
    .list(mailbox)
    .map(({ source }) => readOriginal(source))
    .find((one) => one.messageId === messageId);
}

function bad(message: string, remedy: string): BenchError {
  return new BenchError('BAD_MAIL_ORDER', message, remedy);
}
