import { createHash } from 'node:crypto';
import { loadCalendar } from '#dsr/calendar/index.ts';
import { loadScales } from '#dsr/scales/index.ts';
import type { Finding, Severity } from '#dsr/verdict/index.ts';
import { readZip } from '#formats/zip/index.ts';
import {
  announcedPieces,
  checkDocument,
  checkZip,
  DEFAULT_LIMITS,
  regulationOf,
  shownAt,
  type AnnouncedPiece,
  type HeldPiece,
  type Layout,
  type Regulation,
} from '#tracker/asp/index.ts';
import { identifierProblem } from '../asp-inputs.ts';
import { loadLayout } from '../asp-layout.ts';
import { editionSentences } from '../editions.ts';
import { CliError } from '../errors.ts';
import { unreadable } from './findings.ts';
import { readWhole } from './read-file.ts';
import type { CheckOptions, Kind, Outcome } from './types.ts';

const MAX_BYTES = 128 * 1024 * 1024;
const SOURCE = 'facts §4.3 et §5 : note 1265 de l’ANS, FAQ de l’ASP';

/** Requests for payment, with the zip of their pieces when it is given or stands beside. */
export const ASP: Kind = {
  name: 'asp',
  title: 'demande d’avance ou de solde (.json), et son zip de pièces',
  uses: ['scales'],
  editions: ({ scales = loadScales() }) => editionSentences({ scales }),
  judge: (files, options) => judgeAspFiles(files, options),
};

export interface AspCheckOptions extends Pick<CheckOptions, 'scales'> {
  /** Folder of the layout; the proposed ones when absent. */
  readonly layout?: string;
}

/** What every file of a command is judged with. */
interface Judging {
  readonly layouts: readonly Layout[];
  /** The layout is the proposed one, of which the content is known too. */
  readonly ours: boolean;
  readonly regulation: Regulation;
}

/**
 * Judges files of requests: schema of the layout, amounts, identifiers, and the zip beside each JSON.
 *
 * @throws {CliError} for a layout that cannot be used
 */
export async function judgeAspFiles(
  files: readonly string[],
  { layout, scales = loadScales() }: AspCheckOptions = {},
): Promise<readonly Outcome[]> {
  const judging: Judging = {
    layouts: await layoutsOf(layout),
    ours: layout === undefined,
    regulation: regulationOf({ now: new Date(), calendar: loadCalendar(), scales, identifierProblem }),
  };
  const outcomes: Outcome[] = [];
  for (const file of files) outcomes.push(await judgeFile(file, judging));
  return outcomes;
}

async function layoutsOf(dir: string | undefined): Promise<readonly Layout[]> {
  const layouts: Layout[] = [];
  let missing: unknown;
  for (const kind of ['avance', 'solde'] as const) {
    try {
      layouts.push(await loadLayout(kind, dir));
    } catch (error) {
      if (!(error instanceof CliError) || error.code !== 'ASP_LAYOUT_MISSING') throw error;
      missing = error;
    }
  }
  if (layouts.length === 0) throw missing;
  return layouts;
}

async function judgeFile(file: string, judging: Judging): Promise<Outcome> {
  const reading = await readWhole(file, MAX_BYTES);
  if (!reading.ok) return reading.outcome;
  const { bytes } = reading;
  const { ours } = judging;
  if (isZip(bytes)) return judgeLoneZip(file, bytes, ours);
  const document = documentOf(bytes);
  if (document === undefined) {
    return unreadable('ni un document JSON ni un zip', 'une demande au format JSON', 'Reprenez le fichier d’origine.');
  }
  const findings = judgeDocument(document, judging);
  const sound = !findings.some(({ rule }) => rule === 'ASP-SCHEMA');
  const zip = await readWhole(zipBeside(file), MAX_BYTES);
  if (zip.ok) findings.push(...(await judgeZip(zip.bytes, ours && sound ? announcedPieces(document) : undefined)));
  else if (ours) {
    findings.push(
      finding(
        'ASP-ZIP-BESIDE',
        'warning',
        zipBeside(file),
        'aucun zip à côté',
        'le zip des pièces annoncées',
        'Déposez aussi le zip : sans lui la demande est incomplète.',
      ),
    );
  }
  return { findings, readable: true };
}

function judgeDocument(document: unknown, { layouts, ours, regulation }: Judging): Finding[] {
  // A file of another kind breaks nearly every rule of the schema: the one that fits best is its own.
  const [best] = layouts
    .map((layout) => ({ layout, faults: layout.check(document) }))
    .toSorted((one, other) => one.faults.length - other.faults.length);
  if (best === undefined) return [];
  const { layout, faults } = best;
  const findings = faults.map(({ where, detail }) =>
    finding(
      'ASP-SCHEMA',
      'error',
      where,
      shownAt(document, where),
      detail,
      'Corrigez la donnée, puis refaites la demande.',
    ),
  );
  if (layout.proposed) {
    findings.push(
      finding(
        'ASP-DRAFT',
        'warning',
        '/',
        `disposition ${layout.name} ${layout.version}, ${ours ? 'proposée par Jalon' : 'qui se dit proposée'}`,
        'le modèle distribué par l’ASP',
        ours
          ? 'Ne déposez pas ce brouillon ; donnez le modèle officiel par --layout.'
          : 'Ne déposez pas ce brouillon ; quand la disposition est le modèle de l’ASP, écrivez "status": "official" dans sa correspondance.',
      ),
    );
  }
  if (!ours || faults.length > 0) return findings;
  return [
    ...findings,
    ...checkDocument(document, regulation).map(({ code, where, received, expected, doubtful }) =>
      finding(
        code,
        doubtful === true ? 'warning' : 'error',
        where,
        received,
        expected,
        'Corrigez le bon de commande, puis refaites la demande.',
      ),
    ),
  ];
}

async function judgeLoneZip(file: string, bytes: Uint8Array, ours: boolean): Promise<Outcome> {
  const json = await readWhole(jsonBeside(file), MAX_BYTES);
  const document = json.ok && !isZip(json.bytes) ? documentOf(json.bytes) : undefined;
  const announced = ours && document !== undefined ? piecesOrNone(document) : undefined;
  const findings = await judgeZip(bytes, announced);
  const readable = (await readZip(bytes)).ok;
  if (document !== undefined || !readable) return { findings, readable };
  const missing = finding(
    'ASP-JSON-BESIDE',
    'warning',
    jsonBeside(file),
    'aucune demande lisible à côté',
    'la demande (.json) qui annonce ces pièces',
    'Posez-la à côté du zip et relancez : sans elle, rien ne dit que toutes ses pièces y sont, et elles seules.',
  );
  return { findings: [...findings, missing], readable, toVerify: true };
}

/** A JSON that does not follow its schema announces nothing that could be compared. */
function piecesOrNone(document: unknown): readonly AnnouncedPiece[] | undefined {
  try {
    return announcedPieces(document);
  } catch {
    return undefined;
  }
}

async function judgeZip(bytes: Uint8Array, announced: readonly AnnouncedPiece[] | undefined): Promise<Finding[]> {
  const reading = await readZip(bytes);
  if (!reading.ok) {
    return [
      finding(
        'ASP-ZIP-READABLE',
        'error',
        'zip',
        'un zip qui ne s’ouvre pas',
        'le zip des pièces',
        'Refaites la demande.',
      ),
    ];
  }
  const held = reading.entries.map(({ name, bytes: content }): HeldPiece => ({
    name,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
  const remedy = 'Refaites la demande : Jalon écrit le zip avec elle.';
  return [
    ...reading.problems.map(({ code, where, message }) =>
      finding(`ASP-${code}`, 'error', `zip/${where}`, message, 'une entrée lisible', remedy),
    ),
    ...checkZip(held, announced ?? held, DEFAULT_LIMITS).map(({ code, name, received, expected }) =>
      finding(code.replaceAll('_', '-'), 'error', name === '' ? 'zip' : `zip/${name}`, received, expected, remedy),
    ),
  ];
}

function documentOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

const jsonBeside = (file: string): string => `${file.replace(/(?:\.pieces)?\.zip$/iu, '')}.json`;

const zipBeside = (file: string): string => `${file.replace(/\.json$/iu, '')}.pieces.zip`;

function finding(
  rule: string,
  severity: Severity,
  where: string,
  received: string,
  expected: string,
  remedy: string,
): Finding {
  return { rule, layer: 'business', severity, where, received, expected, remedy, requirements: [], source: SOURCE };
}
