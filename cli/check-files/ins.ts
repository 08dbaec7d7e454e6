import { createReadStream } from 'node:fs';
import { checkListedIdentity, LIST_RULES } from '#checks/ins/index.ts';
import { checkPid, checkPidSegment } from '#checks/hl7v2/index.ts';
import { findingOf } from '#checks/rule/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { readHl7 } from '#formats/hl7v2/index.ts';
import { readCsv } from './csv.ts';
import { gather, unreadable, within } from './findings.ts';
import { splitMessages } from './hl7-messages.ts';
import { columnOf, identityOf, identityOfJson, type Column } from './identities.ts';
import { readHead, readWhole, tooLarge } from './read-file.ts';
import type { Kind, Outcome } from './types.ts';

/** A list is read line by line, never held: the bound is only there for what is no list. */
const MAX_CSV = 2 * 1024 * 1024 * 1024;
const EXPECTED = 'une première ligne qui nomme les colonnes, dont « matricule », puis une identité par ligne';

/** Identities that carry an INS: a CSV or JSON list, HL7 messages, or PID segments copied alone. */
export const INS: Kind = {
  name: 'ins',
  title: 'liste d’identités (CSV avec en-tête, ou JSON), message HL7 v2 ou segments PID',
  async judge(files) {
    const outcomes: Outcome[] = [];
    for (const file of files) outcomes.push(await judgeFile(file));
    return outcomes;
  },
};

async function judgeFile(file: string): Promise<Outcome> {
  const head = await readHead(file);
  if (!head.ok) return head.outcome;
  const start = Buffer.from(head.bytes)
    .toString('latin1')
    .replace(/^\u00EF\u00BB\u00BF/, '')
    .trimStart();
  if (/^(?:MSH|PID\|)/.test(start) || head.bytes[0] === 0x0b) return judgeHl7(file);
  if (/^[[{]/.test(start)) return judgeJson(file);
  return (head.size ?? 0) > MAX_CSV ? tooLarge(MAX_CSV) : judgeCsv(file);
}

async function judgeHl7(file: string): Promise<Outcome> {
  const reading = await readWhole(file);
  if (!reading.ok) return reading.outcome;
  const gathered = gather();
  let readable = true;
  const text = Buffer.from(reading.bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (text.startsWith('PID')) {
    for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
      if (line.trim() === '') continue;
      const findings = checkPidSegment(line);
      if (findings.some(({ rule }) => rule === 'HL7-READABLE')) readable = false;
      gathered.add(within(`ligne ${index + 1}`, findings));
    }
    return { findings: gathered.findings, readable };
  }
  const { messages } = splitMessages(reading.bytes);
  for (const [index, bytes] of messages.entries()) {
    const message = readHl7(bytes);
    if (message.ok) {
      const findings = checkPid(message.message);
      gathered.add(messages.length > 1 ? within(`message ${index + 1}`, findings) : findings);
    } else {
      readable = false;
      gathered.add(
        unreadable(
          `message ${index + 1} : ${message.fault.message}`,
          'un message HL7 v2 lisible',
          'Corrigez le message.',
        ).findings,
      );
    }
  }
  return { findings: gathered.findings, readable };
}

async function judgeJson(file: string): Promise<Outcome> {
  const reading = await readWhole(file);
  if (!reading.ok) return reading.outcome;
  let list: unknown;
  try {
    list = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(reading.bytes));
  } catch {
    return noList('un JSON qui ne se lit pas', 'un tableau JSON d’identités, en UTF-8');
  }
  const items = Array.isArray(list) ? (list as readonly unknown[]) : [list];
  if (items.length === 0) return noList('une liste vide', 'au moins une identité');
  const gathered = gather();
  for (const [index, item] of items.entries()) {
    const where = `élément ${index + 1}`;
    const identity = identityOfJson(item);
    if (identity === undefined)
      gathered.add([badRow(where, 'un élément sans matricule', 'un objet avec ins, oid et traits')]);
    else gathered.add(checkListedIdentity(identity, where));
  }
  return { findings: gathered.findings, readable: true };
}

async function judgeCsv(file: string): Promise<Outcome> {
  const gathered = gather();
  let columns: readonly (Column | undefined)[] | undefined;
  let rows = 0;
  try {
    for await (const record of readCsv(createReadStream(file, { highWaterMark: 256 * 1024 }))) {
      if ('message' in record) {
        gathered.add([badRow(`ligne ${record.line}`, record.message, 'une ligne par identité')]);
        return { findings: gathered.findings, readable: false };
      }
      if (columns === undefined) {
        columns = record.cells.map((cell) => columnOf(cell));
        if (!columns.includes('ins')) return noList(`des colonnes ${record.cells.join(', ').slice(0, 200)}`, EXPECTED);
        continue;
      }
      rows += 1;
      gathered.add(judgeRow(columns, record.cells, `ligne ${record.line}`));
    }
  } catch (error) {
    const { code = 'cause inconnue' } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return otherEncoding();
    return noList(`une lecture interrompue (${code})`, 'un fichier lisible jusqu’au bout');
  }
  return rows === 0 ? noList('aucune identité', EXPECTED) : { findings: gathered.findings, readable: true };
}

function judgeRow(
  columns: readonly (Column | undefined)[],
  cells: readonly string[],
  where: string,
): readonly Finding[] {
  if (cells.length !== columns.length) {
    return [badRow(where, `${cells.length} colonne(s)`, `${columns.length} colonne(s), comme l’en-tête`)];
  }
  const values = new Map<Column, string>();
  for (const [index, column] of columns.entries()) {
    if (column !== undefined && !values.has(column)) values.set(column, (cells[index] ?? '').trim());
  }
  return checkListedIdentity(identityOf(values), where);
}

/** Letters that are not read would be told wrong, and an identity with them. */
function otherEncoding(): Outcome {
  const remedy =
    'Exportez la liste de nouveau en CSV « UTF-8 », ou convertissez le fichier : iconv -f ISO-8859-1 -t UTF-8 (WINDOWS-1252 pour un export de tableur sous Windows).';
  const received = 'des octets qui ne sont pas de l’UTF-8 : le fichier est sans doute en Latin-1 ou Windows-1252';
  return {
    findings: [ruleFinding('INS-LIST-READABLE', 'fichier, encodage', received, 'un CSV en UTF-8', remedy)],
    readable: false,
  };
}

function noList(received: string, expected: string): Outcome {
  const remedy = 'Exportez la liste en CSV (UTF-8, en-tête en première ligne) ou en JSON.';
  return { findings: [ruleFinding('INS-LIST-READABLE', 'fichier', received, expected, remedy)], readable: false };
}

function badRow(where: string, received: string, expected: string): Finding {
  return ruleFinding('INS-LIST-ROW', where, received, expected, 'Corrigez cette ligne de l’export.');
}

function ruleFinding(
  id: (typeof LIST_RULES)[number]['id'],
  where: string,
  received: string,
  expected: string,
  remedy: string,
): Finding {
  const rule = LIST_RULES.find((one) => one.id === id);
  if (rule === undefined) throw new RangeError(`No rule ${id}`);
  return findingOf({ ...rule, expected, remedy }, { where, received });
}
