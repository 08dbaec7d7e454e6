import { InvalidArgumentError, type Command } from 'commander';
import { verdictOf, type Verdict } from '#dsr/verdict/index.ts';
import type { Wave } from '#dsr/rem/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { CheckedFile, CheckOptions, Kind, Outcome } from './check-files/index.ts';
import type { Action, CliContext } from './context.ts';
import { CliError } from './errors.ts';
import { calendarFrom, calendarOption, scalesFrom, scalesOption } from './official-data.ts';
import { parsePath, parseWave } from './options.ts';
import { terminalWidth } from './table.ts';

const SENDERS = ['PER', 'ORG', 'APP'] as const;
type Sender = (typeof SENDERS)[number];

interface CommandOptions {
  readonly wave?: Wave;
  readonly original?: string;
  readonly sender?: Sender;
  readonly patientQualified?: boolean;
  readonly codes?: string;
  readonly cda?: string;
  readonly mentions?: string;
  readonly datamatrix?: string;
  readonly pack?: string;
  readonly valueSet?: string;
  readonly declaration?: string;
  readonly scales?: string;
  readonly calendar?: string;
}

/** `jalon check KIND FILE…`: judges files captured or exported elsewhere (DESIGN §4.1, §4.3). */
export function checkCommand(program: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const judging = program
    .command('check')
    .description('juge des fichiers : messages, documents, listes d’identités, devis, demandes de paiement')
    .argument('<genre>', 'insi, ins, hl7v2, cda, xds, vihf, xdm, mail, pdf, loinc, portability, asp ou quote', oneWord)
    .argument('<fichiers...>', 'fichiers à juger')
    .option('--wave <vague>', 'vague dont les exigences sont citées (courriels)', parseWave)
    .option('--original <fichier>', 'message reçu auquel répondent les courriels jugés (.eml)')
    .option(
      '--sender <type>',
      'boîte qui envoie : PER (personnelle), ORG (organisationnelle) ou APP (applicative)',
      parseSender,
    )
    .option('--patient-qualified', "l'identité du patient est qualifiée dans le produit (courriels)")
    .option('--no-patient-qualified', "l'identité du patient n'est pas qualifiée dans le produit (courriels)")
    .option(
      '--codes <chemin>',
      'vos listes de codes des métadonnées XDS : fichier JSON, ou dossier de fichiers',
      parsePath,
    )
    .option('--cda <fichier>', 'CDA du même compte rendu, dont le PDF doit porter l’identité', parsePath)
    .option('--mentions <fichier>', 'mentions que le PDF doit porter ou non (JSON)', parsePath)
    .option('--datamatrix <fichier>', 'structure du datamatrix INS, à la place de celle du banc (JSON)', parsePath)
    .option(
      '--pack <dossier>',
      'pack CI-SIS de l’ANS (TestContenuCDA, cloné ou décompressé) : XSD et schematrons des documents CDA',
      parsePath,
    )
    .option(
      '--value-set <fichier>',
      'codes LOINC du « circuit de la biologie » (.csv, .xlsx, ou XML du CI-SIS)',
      parsePath,
    )
    .option('--declaration <fichier>', 'ce que la documentation d’un export liste (JSON)', parsePath);
  calendarOption(scalesOption(judging)).action(
    (kind: string, files: readonly string[], options: CommandOptions, command: Command) =>
      play(command, (context) => check(context, kind, files, options)),
  );
}

function oneWord(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('Genre vide. Donnez par exemple insi.');
  return value;
}

function parseSender(value: string): Sender {
  const found = SENDERS.find((one) => one === value.toUpperCase());
  if (found === undefined) throw new InvalidArgumentError(`Boîte invalide : ${value}. Écrivez ${SENDERS.join(', ')}.`);
  return found;
}

async function check(
  context: CliContext,
  name: string,
  files: readonly string[],
  options: CommandOptions,
): Promise<number> {
  const {
    checkedText,
    KINDS,
    readCdaIdentity,
    readCodeFiles,
    readDeclarationFile,
    readLayoutFile,
    readMentionsFile,
    readOriginal,
    readPack,
    readValueSet,
  } = await import('./check-files/index.ts');
  const kind = KINDS.find((one) => one.name === name);
  if (kind === undefined) throw unknownKind(name, KINDS);
  for (const option of OPTIONS) if (options[option] !== undefined) refuseUnused(option, kind, KINDS);
  const {
    wave,
    original,
    sender,
    patientQualified,
    codes,
    cda,
    mentions,
    datamatrix,
    pack,
    valueSet,
    declaration,
    scales,
    calendar,
  } = options;
  const given: CheckOptions = {
    ...(wave === undefined ? {} : { wave }),
    ...(original === undefined ? {} : { original: await readOriginal(original) }),
    ...(sender === undefined ? {} : { sender }),
    ...(patientQualified === undefined ? {} : { patientQualified }),
    ...(codes === undefined ? {} : { codes: (await readCodeFiles(codes)).lists }),
    ...(cda === undefined ? {} : { cda: await readCdaIdentity(cda) }),
    ...(mentions === undefined ? {} : { mentions: await readMentionsFile(mentions) }),
    ...(datamatrix === undefined ? {} : { datamatrix: await readLayoutFile(datamatrix) }),
    ...(valueSet === undefined ? {} : { valueSet: await readValueSet(valueSet) }),
    ...(declaration === undefined ? {} : { declaration: await readDeclarationFile(declaration) }),
    ...(scales === undefined ? {} : { scales: await scalesFrom(scales) }),
    ...(calendar === undefined ? {} : { calendar: await calendarFrom(calendar) }),
  };
  const opened = pack === undefined ? undefined : await readPack(pack);
  const start = performance.now();
  let outcomes: readonly Outcome[];
  try {
    outcomes = await kind.judge(files, opened === undefined ? given : { ...given, pack: opened });
  } finally {
    await opened?.close();
  }
  const durationMs = Math.round((performance.now() - start) / Math.max(1, files.length));
  const checked = files.map((file, index): CheckedFile => {
    const { findings, verdict } = concluded(outcomes[index]);
    return { file, kind: name, verdict, durationMs, findings };
  });
  const editions = kind.editions?.(given) ?? [];
  // The shape of the document is fixed (DESIGN §4.3): there, the editions are told beside it.
  if (context.json && editions.length > 0) context.err(`${editions.join('\n')}\n`);
  context.out(context.json ? `${JSON.stringify(checked)}\n` : checkedText(checked, terminalWidth(), editions));
  return exitCodeOf(outcomes, checked);
}

const OPTIONS = [
  'wave',
  'original',
  'sender',
  'patientQualified',
  'codes',
  'cda',
  'mentions',
  'datamatrix',
  'pack',
  'valueSet',
  'declaration',
  'scales',
  'calendar',
] as const;

/** An option that would change nothing is a mistake of the user. */
function refuseUnused(option: (typeof OPTIONS)[number], kind: Kind, kinds: readonly Kind[]): void {
  if (kind.uses?.includes(option) === true) return;
  const served = kinds.filter(({ uses }) => uses?.includes(option)).map(({ name }) => name);
  const words = option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new CliError(
    `CHECK_${words.replaceAll('-', '_').toUpperCase()}_UNUSED`,
    EXIT.usage,
    `L'option --${words} ne change rien au genre ${kind.name}.`,
    `Retirez-la ; elle sert à : ${served.join(', ')}.`,
  );
}

function concluded(outcome: Outcome | undefined): {
  readonly findings: CheckedFile['findings'];
  readonly verdict: Verdict;
} {
  if (outcome === undefined) throw new Error('un fichier n’a pas été jugé');
  const verdict = outcome.readable ? verdictOf(outcome.findings) : 'non-verifiable';
  return {
    findings: outcome.findings,
    verdict: verdict === 'conforme' && outcome.toVerify === true ? 'a-verifier' : verdict,
  };
}

/** A file that could not be had is the user's to mend first; then what was judged decides. */
function exitCodeOf(outcomes: readonly Outcome[], checked: readonly CheckedFile[]): number {
  for (const code of [EXIT.usage, EXIT.configuration]) {
    if (outcomes.some(({ exitCode }) => exitCode === code)) return code;
  }
  const red = checked.filter(({ verdict }) => verdict !== 'conforme' && verdict !== 'a-verifier');
  if (red.length === 0) return EXIT.ok;
  // What a limit of the bench alone kept from being judged is not the product's.
  const beyond = ({ verdict, findings }: CheckedFile): boolean =>
    verdict === 'non-verifiable' && findings.some(({ benchLimit }) => benchLimit === true);
  return red.every(beyond) ? EXIT.bench : EXIT.product;
}

function unknownKind(name: string, kinds: readonly Kind[]): CliError {
  return new CliError(
    'CHECK_KIND_UNKNOWN',
    EXIT.usage,
    `Le genre « ${name} » n'est pas jugé par cette commande.`,
    `Choisissez parmi : ${kinds.map((kind) => `${kind.name} (${kind.title})`).join(' ; ')}.`,
  );
}
