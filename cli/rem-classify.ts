import { InvalidArgumentError, type Command } from 'commander';
import { relative } from 'node:path';
import {
  applyOverrules,
  kindLabel,
  loadKinds,
  madeByPerson,
  parseKind,
  serialiseOverrules,
  tenableClass,
  type Overrule,
} from '#dsr/proof-kinds/index.ts';
import {
  findSlot,
  normaliseId,
  slotsOf,
  type Category,
  type EvidenceClass,
  type ProofKind,
  type ProofSlot,
  type Rem,
  type Wave,
} from '#dsr/rem/index.ts';
import { writeWhole } from '#evidence/index.ts';
import { CLASSES } from '#reports/words/words.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { closeIds } from './close-ids.ts';
import type { Action, CliContext } from './context.ts';
import { takeDataFolder } from './data-folder.ts';
import { CliError } from './errors.ts';
import { keptImports, lastKept } from './kept-rems.ts';
import { loadRem } from './load-rem.ts';
import { parseCategory, parseList, parseWave } from './options.ts';
import { parseClass } from './rem-list-filter.ts';
import { overruleFile, readOverrules } from './overrules.ts';

interface ClassifyOptions {
  readonly class?: EvidenceClass;
  readonly kinds?: readonly ProofKind[];
  readonly reason?: string;
  readonly author?: string;
  readonly rem?: string;
  readonly category?: Category;
  readonly wave?: Wave;
  readonly undo?: boolean;
}

/** `jalon rem classify`: what the user says of a proof against the catalogue or the rules on its wording. */
export function remClassifyCommand(rem: Command, play: (command: Command, action: Action) => Promise<void>): void {
  rem
    .command('classify')
    .description("corrige le classement d'une preuve (nature de pièce, classe) ; sans preuve, liste les corrections")
    .argument('[preuve]', 'numéro de la preuve, p. ex. INS/va1.28.01.01')
    .option('--class <classe>', 'classe de preuve : bench, rehearsal ou human', parseClass)
    .option('--kinds <liste>', 'pièces demandées, séparées par des virgules : video,log…', parseKinds)
    .option('--reason <texte>', 'motif, montré dans les rapports', parseReason)
    .option('--author <nom>', 'qui le dit', parseReason)
    .option('--undo', 'revient au classement du catalogue ou du texte')
    .option('--rem <fichier>', 'classeur REM (par défaut : la dernière importée, sinon le catalogue embarqué)')
    .option(
      '--category <couloir>',
      'couloir (par défaut : celui de la dernière REM importée, sinon SGL)',
      parseCategory,
    )
    .option('--wave <vague>', 'vague (par défaut : celle de la dernière REM importée, sinon va1)', parseWave)
    .action((slot: string | undefined, options: ClassifyOptions, command: Command) =>
      play(command, (context) => {
        if (slot === undefined) return listOverrules(context, options);
        return options.undo === true ? undo(context, slot, options) : classify(context, slot, options);
      }),
    );
}

async function classify(context: CliContext, wanted: string, options: ClassifyOptions): Promise<number> {
  const { class: evidenceClass, kinds, reason, author } = options;
  if (evidenceClass === undefined && kinds === undefined) {
    throw usage(
      'Rien à corriger : ni classe, ni pièce.',
      'Ajoutez --class bench|rehearsal|human, --kinds, ou les deux.',
    );
  }
  if (reason === undefined) {
    throw usage(
      'Une correction de classement demande un motif.',
      'Ajoutez --reason "…" : il sera montré dans les rapports.',
    );
  }
  const rem = await remOf(context, options);
  const before = slotOf(rem, wanted);
  if (evidenceClass === 'bench') refuseUntenable(before, kinds);
  const overrule: Overrule = {
    slot: before.id,
    ...(kinds === undefined ? {} : { kinds }),
    ...(evidenceClass === undefined ? {} : { evidenceClass }),
    reason,
    at: context.now().toISOString(),
    ...(author === undefined ? {} : { author }),
  };
  const file = await change(context, (known) => [...known.filter(({ slot }) => slot !== before.id), overrule]);
  const after = findSlot(applyOverrules(rem, [overrule]).rem, before.id)?.slot ?? before;
  if (context.json) {
    const { kinds: now, evidenceClass: said } = after;
    const was = { kinds: before.kinds, evidenceClass: before.evidenceClass };
    context.out(`${JSON.stringify({ ...overrule, kinds: now, evidenceClass: said, before: was, file })}\n`);
    return EXIT.ok;
  }
  context.out(
    `${[
      `Preuve ${before.id} : ${shown(before)} → ${shown(after)}`,
      `  Motif : ${reason}${author === undefined ? '' : ` (${author})`}`,
      `Gardé dans ${relative(process.cwd(), file) || file}`,
      `Pour revenir en arrière : npm run jalon -- rem classify "${before.id}" --undo`,
    ].join('\n')}\n`,
  );
  return EXIT.ok;
}

/**
 * A class that the bench cannot keep is refused where it is said, with the kinds to drop; it would be brought back to
 * what holds by `applyOverrules`.
 */
function refuseUntenable(slot: ProofSlot, said: readonly ProofKind[] | undefined): void {
  const kinds = said ?? slot.kinds;
  const sets = said === undefined ? slot.alternatives : undefined;
  const holds = tenableClass('bench', kinds, sets);
  if (holds === 'rehearsal') {
    throw usage(
      `La preuve ${slot.id} demande une pièce que seul un outil ou un organisme externe délivre (${labels(kinds)}) : le banc ne peut que la répéter.`,
      'Écrivez --class rehearsal, ou corrigez aussi les pièces avec --kinds.',
    );
  }
  if (holds === 'human') {
    const toDrop = madeByPerson(kinds, sets);
    const left = kinds.filter((kind) => !toDrop.includes(kind));
    throw usage(
      `La preuve ${slot.id} demande une pièce que seule une personne fait (${labels(toDrop)}) : le banc ne peut pas la compléter.`,
      left.length > 0
        ? `Écrivez --class human ; si cela n'est pas demandé, ne gardez que les autres pièces : --kinds ${left.join(',')}.`
        : "Écrivez --class human ; si cela n'est pas demandé, dites ce que le banc relève, p. ex. --kinds log.",
    );
  }
}

async function undo(context: CliContext, wanted: string, options: ClassifyOptions): Promise<number> {
  if (options.class !== undefined || options.kinds !== undefined || options.reason !== undefined) {
    throw usage(
      '--undo retire une correction : il ne va avec ni --class, ni --kinds, ni --reason.',
      'Gardez --undo seul.',
    );
  }
  const id = normaliseId(wanted);
  const file = await change(context, (known) => {
    if (known.some(({ slot }) => slot === id)) return known.filter(({ slot }) => slot !== id);
    const close = closeIds(
      id,
      known.map(({ slot }) => slot),
    );
    throw new CliError(
      'CLASSEMENT_ABSENT',
      EXIT.usage,
      `Le classement de la preuve « ${wanted} » n'a pas été corrigé.`,
      close.length > 0
        ? `Vouliez-vous dire ${close.join(', ')} ?`
        : '« npm run jalon -- rem classify » liste les corrections.',
    );
  });
  context.out(
    context.json
      ? `${JSON.stringify({ slot: id, removed: true, file })}\n`
      : `Preuve ${id} : la correction est retirée, le classement du catalogue ou du texte vaut de nouveau.\n`,
  );
  return EXIT.ok;
}

async function listOverrules(context: CliContext, options: ClassifyOptions): Promise<number> {
  const { class: evidenceClass, kinds, reason, author, undo: isUndo } = options;
  if ([evidenceClass, kinds, reason, author, isUndo].some((option) => option !== undefined)) {
    throw usage(
      'Il manque le numéro de la preuve à classer.',
      'Par exemple : npm run jalon -- rem classify INS/va1.28.01.01 --class human --reason "…".',
    );
  }
  const overrules = await readOverrules(context.dataDir);
  const file = overruleFile(context.dataDir);
  if (context.json) {
    context.out(`${JSON.stringify({ overrules, file })}\n`);
    return EXIT.ok;
  }
  const lines = overrules.map((one) => {
    const parts = [
      one.kinds === undefined ? '' : labels(one.kinds),
      one.evidenceClass === undefined ? '' : CLASSES[one.evidenceClass].label,
    ].filter((part) => part !== '');
    const by = one.author === undefined ? '' : `, ${one.author}`;
    return `  ${one.slot} → ${parts.join(' · ')} : ${one.reason} (${one.at.slice(0, 10)}${by})`;
  });
  context.out(
    lines.length === 0
      ? 'Aucune correction de classement dans ce dossier de travail.\n'
      : `${[`${lines.length} correction(s) de classement`, ...lines].join('\n')}\n`,
  );
  return EXIT.ok;
}

/** Reads, changes and writes under the lock of the folder: two commands at once must not lose one another's word. */
async function change(context: CliContext, edit: (known: readonly Overrule[]) => readonly Overrule[]): Promise<string> {
  const folder = takeDataFolder(context.dataDir);
  try {
    const file = overruleFile(folder.path);
    await writeWhole(file, serialiseOverrules(edit(await readOverrules(folder.path))));
    return file;
  } finally {
    folder.release();
  }
}

/** The list that the slot is looked up in, as it is without the user's word. */
async function remOf(context: CliContext, options: ClassifyOptions): Promise<Rem> {
  const last = keptImports(context.dataDir).at(-1);
  const category = options.category ?? last?.category ?? 'SGL';
  const wave = options.wave ?? last?.wave ?? 'va1';
  if (options.rem !== undefined) return (await loadRem(options.rem, category, wave)).rem;
  return (await lastKept(context.dataDir, category, wave))?.rem ?? (await loadRem(undefined, category, wave)).rem;
}

function slotOf(rem: Rem, wanted: string): ProofSlot {
  const found = findSlot(rem, wanted)?.slot;
  if (found !== undefined) return found;
  const ids = slotsOf(rem.requirements).map(({ slot }) => slot.id);
  const close = closeIds(normaliseId(wanted), ids);
  throw new CliError(
    'PREUVE_INCONNUE',
    EXIT.usage,
    `La REM ${rem.category} ${rem.wave} (${rem.source}) n'a pas de preuve « ${wanted.slice(0, 80)} ».`,
    close.length > 0
      ? `Vouliez-vous dire ${close.join(', ')} ?`
      : 'Vérifiez --category et --wave ; « npm run jalon -- rem list » montre les numéros.',
  );
}

function usage(message: string, remedy: string): CliError {
  return new CliError('USAGE', EXIT.usage, message, remedy);
}

function shown({ kinds, evidenceClass }: Pick<ProofSlot, 'kinds' | 'evidenceClass'>): string {
  return `${labels(kinds)} · ${CLASSES[evidenceClass].label}`;
}

function labels(kinds: readonly ProofKind[]): string {
  return kinds.map(kindLabel).join(', ');
}

function parseKinds(value: string): readonly ProofKind[] {
  const kinds = parseList(value).map((name) => {
    const kind = parseKind(name);
    if (kind !== undefined) return kind;
    const known = Array.from(loadKinds().values(), ({ kind: code, label }) => `${code} (${label})`);
    throw new InvalidArgumentError(`Pièce inconnue : ${name}. Choisissez parmi ${known.join(', ')}.`);
  });
  if (kinds.length === 0)
    throw new InvalidArgumentError('Aucune pièce : donnez-en une au moins, p. ex. --kinds video,log.');
  return [...new Set(kinds)];
}

/** One line: reports show it in a cell. */
function parseReason(value: string): string {
  const line = value.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  if (line === '') throw new InvalidArgumentError('Le texte est vide : écrivez au moins un mot.');
  if (line.length > 500) throw new InvalidArgumentError('Le texte est trop long : 500 caractères au plus.');
  return line;
}
