import { CLASSES } from '#reports/words/index.ts';
import { MODES, type Coverage, type CoverageMode, type SlotCoverage } from '#steps/coverage/index.ts';
import { oneLine, tableLines, wrap, type TableColumn } from './table.ts';

interface ModeWord {
  readonly short: string;
  readonly label: string;
  readonly meaning: string;
}

const WORDS: Readonly<Record<CoverageMode, ModeWord>> = {
  automatic: {
    short: 'Auto',
    label: 'automatique',
    meaning: 'un scénario joue et juge sans personne ; le banc fait la pièce, ou la répète',
  },
  recorded: {
    short: 'Enr.',
    label: 'enregistrée',
    meaning: 'un scénario joue et juge ; la pièce est à faire par une personne pendant ce temps',
  },
  guided: { short: 'Guid.', label: 'guidée', meaning: 'un testeur agit dans le produit ; le banc juge' },
  attestation: { short: 'Att.', label: 'attestation', meaning: 'rien à jouer ; une attestation est demandée' },
  document: { short: 'Doc.', label: 'document', meaning: 'rien à jouer ; des documents sont demandés' },
  none: { short: 'Sans', label: 'sans scénario', meaning: 'rien ne la joue encore, ou c’est un film de l’écran' },
};

const PLAYED: ReadonlySet<CoverageMode> = new Set(['automatic', 'recorded', 'guided']);
/** The gap first: it is what the reader looks for. */
const UNPLAYED = ['none', 'attestation', 'document'] as const;
const TITLES: Readonly<Record<(typeof UNPLAYED)[number], string>> = {
  none: 'Preuves sans scénario',
  attestation: 'Preuves par attestation',
  document: 'Preuves par documents',
};
/** Ids shown per group without `--verbose`. */
const IDS_SHOWN = 6;

const COLUMNS: readonly TableColumn[] = [
  { header: 'Section', least: 8 },
  ...['Preuves', 'Banc', 'Rép.', 'Hum.', ...MODES.map((mode) => WORDS[mode].short)].map((header): TableColumn => ({
    header,
    align: 'right',
  })),
];

export interface CoverageTextOptions {
  readonly width: number;
  /** Every slot with its own reason, instead of groups. */
  readonly verbose: boolean;
  /** Number of scenarios in the features. */
  readonly scenarios: number;
}

/** What `jalon rem list --coverage` prints. */
export function coverageText(coverage: Coverage, options: CoverageTextOptions): string {
  const { category, wave, source, slots } = coverage;
  const { width, verbose } = options;
  return `${[
    ...wrap(
      `Couverture de la REM ${category} vague ${wave.slice(2)} (${source}) par la suite de ${options.scenarios} scénarios`,
      width,
    ),
    '',
    ...countTable(coverage, width),
    '',
    ...wrap('Banc : faite par le banc · Rép. : référence externe · Hum. : faite par une personne', width),
    ...MODES.flatMap((mode) =>
      wrap(`${WORDS[mode].label} : ${WORDS[mode].meaning}`, width, `${WORDS[mode].short.padEnd(5)} `),
    ),
    '',
    ...(verbose
      ? section(
          'Preuves avec scénario',
          slots.filter(({ mode }) => PLAYED.has(mode)),
          width,
          detailed,
        )
      : []),
    ...UNPLAYED.flatMap((mode) =>
      section(
        TITLES[mode],
        slots.filter((slot) => slot.mode === mode),
        width,
        verbose ? detailed : grouped,
      ),
    ),
    ...(verbose ? [] : ['« --verbose » donne la raison de chaque preuve, « --json » tout le détail.']),
  ].join('\n')}\n`;
}

function countTable({ sections, totals, classes }: Coverage, width: number): readonly string[] {
  const modes = (counts: Coverage['totals']): readonly string[] => MODES.map((mode) => String(counts[mode]));
  const rows = sections.map((one) => [
    one.section || 'sans',
    String(one.slots),
    String(one.classes.bench),
    String(one.classes.rehearsal),
    String(one.classes.human),
    ...modes(one),
  ]);
  const total = [
    'Total',
    String(totals.slots),
    String(classes.bench.slots),
    String(classes.rehearsal.slots),
    String(classes.human.slots),
    ...modes(totals),
  ];
  const byClass = (['bench', 'rehearsal', 'human'] as const).map((one) => [
    CLASSES[one].label,
    String(classes[one].slots),
    '',
    '',
    '',
    ...modes(classes[one]),
  ]);
  const lines = tableLines(COLUMNS, [...rows, total, ...byClass], width);
  const rule = '─'.repeat(Math.max(...lines.map((line) => line.length)));
  return [...lines.slice(0, 1), rule, ...lines.slice(1, -4), rule, ...lines.slice(-4)];
}

function section(
  title: string,
  slots: readonly SlotCoverage[],
  width: number,
  write: (slots: readonly SlotCoverage[], width: number) => readonly string[],
): readonly string[] {
  return slots.length === 0 ? [] : [`${title} (${slots.length})`, ...write(slots, width), ''];
}

/** One group per reason, the largest first. */
function grouped(slots: readonly SlotCoverage[], width: number): readonly string[] {
  return Array.from(Map.groupBy(slots, ({ summary }) => summary))
    .toSorted(([, left], [, right]) => right.length - left.length)
    .flatMap(([summary, own]) => [
      ...wrap(summary, width, `${String(own.length).padStart(5)}  `),
      ...wrap(ids(own), width, ' '.repeat(7)),
    ]);
}

function ids(slots: readonly SlotCoverage[]): string {
  const shown = slots.slice(0, IDS_SHOWN).map(({ id }) => oneLine(id));
  const rest = slots.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` et ${rest} de plus` : ''}`;
}

function detailed(slots: readonly SlotCoverage[], width: number): readonly string[] {
  return slots.flatMap(({ id, class: evidenceClass, mode, scenario, title, reason }) => [
    ...wrap(
      [
        id,
        CLASSES[evidenceClass].label.toLowerCase(),
        WORDS[mode].label,
        ...(scenario === null ? [] : [scenario]),
        title,
      ].join(' · '),
      width,
      '  ',
    ),
    ...wrap(reason, width, '      '),
  ]);
}
