import { readCda } from '#formats/cda/index.ts';
import { startsLikePdf } from '#formats/pdf/index.ts';
import { readCsvText, readText } from '#formats/table/index.ts';
import { readXml } from '#formats/xml/index.ts';

type Test = (bytes: Uint8Array) => boolean;

/** What a name of format asks of the bytes; the first that the name holds speaks. */
const FORMATS: readonly (readonly [name: RegExp, title: string, test: Test])[] = [
  [/\bpdf\b/iu, 'un PDF', (bytes) => startsLikePdf(bytes)],
  [/\bfhir\b/iu, 'une ressource FHIR', (bytes) => isFhir(bytes)],
  [/\bcda\b/iu, 'un document CDA', (bytes) => readCda(bytes).ok],
  [/\bhl7\b/iu, 'un message HL7 v2', (bytes) => Buffer.from(bytes.subarray(0, 8)).toString('latin1').includes('MSH')],
  [/\bxml\b/iu, 'un document XML', (bytes) => readXml(bytes).ok],
  [/\bjson\b/iu, 'un document JSON', (bytes) => jsonOf(bytes) !== undefined],
  [/\bcsv\b/iu, 'un fichier CSV', (bytes) => isCsv(bytes)],
  [/\b(?:txt|texte)\b/iu, 'un texte', (bytes) => readText(bytes).ok],
];

/**
 * What a declared format asks of a file.
 *
 * @returns undefined for a name that the bench does not know: it then judges nothing of it
 */
export function formatNamed(name: string): { readonly title: string; readonly test: Test } | undefined {
  const [, title, test] = FORMATS.find(([known]) => known.test(name)) ?? [];
  return title === undefined || test === undefined ? undefined : { title, test };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

/** A resource, or a list of them, one a line. */
function isFhir(bytes: Uint8Array): boolean {
  const whole = jsonOf(bytes);
  const first = whole ?? jsonOf(bytes.subarray(0, Math.max(0, bytes.indexOf(0x0a))));
  if (typeof first === 'object' && first !== null && 'resourceType' in first) return true;
  const reading = readXml(bytes);
  return reading.ok && reading.root.name.namespace === 'http://hl7.org/fhir';
}

function isCsv(bytes: Uint8Array): boolean {
  const reading = readText(bytes);
  if (!reading.ok) return false;
  const { rows, stopped } = readCsvText(reading.text);
  return stopped === undefined && rows.some(({ cells }) => cells.length > 1);
}
