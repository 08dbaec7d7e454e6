import { readCda, writtenIds, type CdaDocument } from '#formats/cda/index.ts';
import {
  documentAct,
  isIns,
  isPdf,
  META_SYSTEM,
  readObservations,
  readOrder,
  readParticipations,
  readPid,
  readTxa,
  segment,
  type Hl7Message,
  type Hl7Meta,
} from '#formats/hl7v2/index.ts';
import type { Population } from '../population/types.ts';
import table from './documents.json' with { type: 'json' };
import { ackError, type Judgement } from './errors.ts';
import { refused } from './judge.ts';
import type { DocumentShelf } from './shelf.ts';

/** What a judgement of documents reaches. */
export interface DocumentDesk {
  readonly population: Population;
  readonly shelf: DocumentShelf;
}

/**
 * Judges, as a platform does before it feeds the DMP and sends mails, a message that carries documents: what is asked, the
 * documents, who may see them and where they go, the identity. A message that is taken puts its documents on the shelf, which
 * later replacements and deletions are judged by.
 * Source: protocols.md §7.2, §7.3, §7.5.
 *
 * @returns undefined when nothing is wrong
 */
export function judgeDocuments(message: Hl7Message, desk: DocumentDesk): Judgement | undefined {
  const act = documentAct(message);
  const { control, orc } = readOrder(message);
  if (message.type.code !== 'MDM' && orc === undefined) return refused('100', 'ORC', 'segment ORC absent');
  if (orc !== undefined && !table.controls.includes(control)) {
    return refused('103', 'ORC^1^1', `ORC-1 vaut « ${control.slice(0, 20)} » (attendu : ${table.controls.join(', ')})`);
  }
  const { documents: carried, metas } = readObservations(message);
  // The PDF that goes with them is for mails (DOC/va1.20).
  const documents = carried.filter((one) => !isPdf(one));
  if (documents.length === 0 && act !== 'suppression') return refused('100', 'OBX', 'aucun document (OBX de type ED)');
  const read: CdaDocument[] = [];
  for (const [index, { bytes, encoding }] of documents.entries()) {
    const place = `OBX^${fieldRank(documents[index]?.segment.fields[1])}^5`;
    if (bytes === undefined) return refused('102', place, `document qui ne se décode pas (${encoding.slice(0, 20)})`);
    const reading = readCda(bytes);
    if (!reading.ok) return refused('102', place, `document qui n’est pas un CDA : ${reading.fault.message}`);
    read.push(reading.document);
  }
  const gap = metas.length === 0 && act === 'suppression' ? undefined : judgeMetas(metas);
  return gap ?? judgeSender(message) ?? judgeIdentity(message, metas, read, desk) ?? judgeVersion(message, read, desk);
}

function valueOf(metas: readonly Hl7Meta[], code: string): string | undefined {
  return metas.find((meta) => meta.code === code)?.value;
}

function judgeMetas(metas: readonly Hl7Meta[]): Judgement | undefined {
  for (const { segment: obx, code, type, system, value } of metas) {
    if (type === 'ED') continue;
    const place = `OBX^${fieldRank(obx.fields[1])}`;
    if (system !== META_SYSTEM) return refused('103', `${place}^3`, `système de ${code} inconnu`);
    if (!table.values.includes(value)) return refused('103', `${place}^5`, `${code} ne vaut ni Y ni N`);
  }
  const absent = table.needed.find((code) => valueOf(metas, code) === undefined);
  if (absent !== undefined) return refused('101', 'OBX^1^3', `${absent} n’est pas dit`);
  const forbidden = table.forbidden.find(({ when }) =>
    Object.entries(when).every(([code, value]) => valueOf(metas, code) === value),
  );
  return forbidden === undefined ? undefined : applicative('906', 'OBX^1^5', forbidden.why);
}

function fieldRank(text: string | undefined): string {
  return /^\d{1,4}$/.test(text ?? '') ? (text ?? '1') : '1';
}

/** Who feeds the DMP and writes the mails must be known. */
function judgeSender(message: Hl7Message): Judgement | undefined {
  const sender = readParticipations(message).find(({ role }) => role === 'SB');
  if (sender === undefined) return refused('100', 'PRT', 'aucun PRT SB : qui envoie n’est pas nommé');
  if (sender.person.id !== '' && sender.organization.id !== '') return undefined;
  return applicative('901', sender.person.id === '' ? 'PRT^1^5' : 'PRT^1^8', 'auteur ou structure sans identifiant');
}

function judgeIdentity(
  message: Hl7Message,
  metas: readonly Hl7Meta[],
  documents: readonly CdaDocument[],
  { population }: DocumentDesk,
): Judgement | undefined {
  const ins = readPid(message)?.identifiers.find(isIns);
  if (ins === undefined) {
    const wanted = table.needInsWhenYes.find((code) => valueOf(metas, code) === 'Y');
    return wanted === undefined ? undefined : applicative('903', 'PID^1^3', `${wanted} sans INS dans PID-3`);
  }
  if (!/^\w{15}$/.test(ins.value) || ins.authority.oid === '') {
    return applicative('905', 'PID^1^3', 'INS sans clé ou sans OID');
  }
  if (population.byIns(ins.value) === undefined) return applicative('902', 'PID^1^3', 'INS inconnue du destinataire');
  const other = documents.find(({ patient }) => patient.ins?.extension !== ins.value);
  return other === undefined ? undefined : applicative('904', 'PID^1^3', 'INS du CDA différente de celle de PID-3');
}

/** A replacement or a deletion is of a document that was received. */
function judgeVersion(
  message: Hl7Message,
  documents: readonly CdaDocument[],
  { shelf }: DocumentDesk,
): Judgement | undefined {
  const act = documentAct(message);
  const txa = readTxa(message);
  const place = segment(message, 'TXA') === undefined ? 'ORC^1^1' : 'TXA^1^12';
  const ids = [...documents.flatMap(({ id }) => writtenIds(id)), ...(txa === undefined ? [] : [txa.id])].filter(
    (id) => id !== '',
  );
  if (act === 'suppression') {
    return ids.some((id) => shelf.has(id)) ? undefined : applicative('900', place, 'document à supprimer jamais reçu');
  }
  if (act === 'remplacement') {
    const former = documents.flatMap(({ relatedDocuments }) =>
      relatedDocuments.flatMap(({ parentIds }) => parentIds.flatMap(writtenIds)),
    );
    const known = [...former, ...(txa === undefined ? [] : [txa.parentId])].some((id) => shelf.has(id));
    if (!known) return applicative('900', place, 'document à remplacer jamais reçu');
  }
  return undefined;
}

function applicative(application: string, location: string, reason: string): Judgement {
  return {
    code: 'AE',
    error: ackError('207', location, application),
    outcome: `acquitté AE 207, erreur applicative ${application} : ${reason}`,
  };
}
