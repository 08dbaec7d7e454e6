import { basename } from 'node:path';
import {
  checkPdfFile,
  checkPdfPages,
  checkVeraPdf,
  identityOfCda,
  readLayout,
  readMentions,
  type DatamatrixLayout,
  type ExpectedMention,
  type PrintedIdentity,
} from '#checks/pdf/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { readCda } from '#formats/cda/index.ts';
import { readPdf } from '#formats/pdf/index.ts';
import { readPdfPages } from '#formats/pdf-pages/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { CliError } from '../errors.ts';
import { notJudged } from './findings.ts';
import { readWhole } from './read-file.ts';
import type { CheckOptions } from './types.ts';
import { runVeraPdf, type VeraPdfOptions } from './verapdf.ts';

const UNREADABLE = 'PDF-READABLE';

/** Judges one PDF report: the file, what its pages show, and what veraPDF says of it where it is installed. */
export async function judgePdf(
  bytes: Uint8Array,
  file: string,
  { cda, mentions, datamatrix }: CheckOptions,
  veraPdf: VeraPdfOptions = {},
): Promise<readonly Finding[]> {
  const expected = cda && {
    ...(cda.birthName === undefined ? {} : { birthName: cda.birthName }),
    ...(cda.firstNames?.[0] === undefined ? {} : { firstName: cda.firstNames[0] }),
  };
  const findings = checkPdfFile(bytes, { fileName: basename(file), ...(expected ? { expected } : {}) });
  if (findings.some(({ rule }) => rule === UNREADABLE)) return findings;
  const pages = checkPdfPages(await readPdfPages(bytes), {
    ...(cda === undefined ? {} : { identity: cda }),
    ...(mentions === undefined ? {} : { mentions }),
    ...(datamatrix === undefined ? {} : { layout: datamatrix }),
  });
  return [...findings, ...pages, ...unasked(cda, mentions), ...(await proved(bytes, file, veraPdf))];
}

/** What only another file could tell. */
function unasked(cda: PrintedIdentity | undefined, mentions: CheckOptions['mentions']): readonly Finding[] {
  return [
    ...(cda === undefined
      ? [
          notJudged(
            'datamatrix INS',
            'ni exigé, ni comparé : l’identité du patient n’est pas connue',
            'le CDA du même compte rendu',
            'Donnez-le avec --cda.',
          ),
        ]
      : []),
    ...(mentions === undefined
      ? [
          notJudged(
            'mentions',
            'non jugées : celles qui sont dues dépendent du compte rendu',
            'la liste des mentions attendues (ins, rgpd, cofrac, validation-automatique)',
            'Donnez-la avec --mentions, au format de checks/pdf/mentions.json.',
          ),
        ]
      : []),
  ];
}

async function proved(bytes: Uint8Array, file: string, options: VeraPdfOptions): Promise<readonly Finding[]> {
  const pdf = readPdf(bytes);
  const run = await runVeraPdf(file, pdf.ok && pdf.pdfaConformance?.toUpperCase() === 'A' ? 'a' : 'b', options);
  if (run.outcome === 'report') return checkVeraPdf(run.report);
  const why =
    run.outcome === 'absent' ? 'veraPDF n’est pas installé' : `veraPDF n’a pas rendu de rapport : ${run.reason}`;
  return [
    notJudged(
      'conformité à PDF/A-1',
      `non prouvée (${why}) : couleurs, transparence, balises et contenu des polices ne sont pas regardés`,
      'un rapport de veraPDF',
      'Installez veraPDF (verapdf.org) et mettez sa commande dans le PATH : son rapport est alors joint.',
    ),
  ];
}

/** @throws {CliError} when the CDA of `--cda` cannot be read: nothing could then be compared */
export async function readCdaIdentity(file: string): Promise<PrintedIdentity> {
  const reading = readCda(await bytesOf('cda', file));
  if (!reading.ok) throw refusal('cda', file, reading.fault.message, EXIT.usage);
  return identityOfCda(reading.document);
}

/** @throws {CliError} when the file of `--mentions` is not such a list */
export async function readMentionsFile(file: string): Promise<readonly ExpectedMention[]> {
  return tableOf('mentions', file, readMentions);
}

/** @throws {CliError} when the file of `--datamatrix` is not such a structure */
export async function readLayoutFile(file: string): Promise<DatamatrixLayout> {
  return tableOf('datamatrix', file, (value) => readLayout(value));
}

type Option = 'cda' | 'mentions' | 'datamatrix';

async function tableOf<Table>(option: Option, file: string, read: (value: unknown) => Table): Promise<Table> {
  const bytes = await bytesOf(option, file);
  try {
    return read(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (cause) {
    const told = cause instanceof TypeError && !('code' in cause) ? cause.message : 'ce n’est pas du JSON en UTF-8';
    throw refusal(option, file, told, EXIT.configuration);
  }
}

async function bytesOf(option: Option, file: string): Promise<Uint8Array> {
  const read = await readWhole(file);
  if (read.ok) return read.bytes;
  const [finding] = read.outcome.findings;
  throw refusal(option, file, finding?.received ?? 'lecture impossible', read.outcome.exitCode ?? EXIT.usage);
}

const REMEDIES: Readonly<Record<Option, string>> = {
  cda: 'Donnez à --cda le CDA (N1 ou N3) du même compte rendu.',
  mentions: 'Suivez le format de checks/pdf/mentions.json.',
  datamatrix: 'Suivez le format de checks/pdf/ins-datamatrix.json.',
};

function refusal(option: Option, file: string, reason: string, exitCode: number): CliError {
  const message = `Le fichier ${file} de --${option} ne se lit pas : ${reason.replace(/\.$/, '')}.`;
  return new CliError(`CHECK_${option.toUpperCase()}_UNREADABLE`, exitCode, message, REMEDIES[option]);
}
