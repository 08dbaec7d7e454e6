import { applicableRequirements, loadColumns } from '#dsr/rem/index.ts';
import type { Field, ProofSlot, Rem, Requirement, VendorAnswer } from '#dsr/rem/index.ts';
import { foldText } from '#dsr/rem-diff/index.ts';
import { SLOT_STATES, VERDICTS } from '../words/index.ts';
import { classificationOf, vendorSpecs } from './classification.ts';
import { widthOf } from './official.ts';
import type { SheetColumn } from './official.ts';
import type { SheetRow } from './rows.ts';
import type { SlotProgress, VendorProgress } from './types.ts';

/** A cell holds 32 767 characters; a list of pieces that comes near it is cut where it stands. */
const MAX_CELL = 32_000;
const WIDE = 40;
const WIDE_FIELDS: ReadonlySet<string> = new Set(['status', 'pieces', 'lastRun', 'classification']);

/** Says that an answer is the vendor's word, where the bench could have judged and did not. */
const DECLARED = 'déclaré : ';

/** The columns of the vendor, on the right of everything. */
export function vendorColumns(rem: Rem, progress: VendorProgress): readonly SheetColumn[] {
  const { complement } = loadColumns();
  const due =
    progress.profiles === undefined ? undefined : new Set<Requirement>(applicableRequirements(rem, progress.profiles));
  const { campaign } = progress;
  // Of a slot whose text is another one in the REM that the campaign follows, nothing is known: not even that it is empty.
  const unknown: SlotProgress | undefined =
    campaign === undefined || campaign.carried !== undefined ? undefined : { state: 'vide', pieces: [] };
  const slot = (proof: ProofSlot): SlotProgress | undefined => campaign?.slots.get(proof.id) ?? unknown;
  const cells: Readonly<Record<string, (row: SheetRow) => string>> = {
    applicable: (row) => applicability(row, due).applicable,
    whyNot: (row) => applicability(row, due).whyNot,
    carriedBy: (row) => answerOf(row, 'carriedBy'),
    conform: (row) => conformOf(row, progress),
    status: (row) => perProof(row, (proof) => stateOf(slot(proof))),
    pieces: (row) => perProof(row, (proof) => slot(proof)?.pieces.join(', ') ?? ''),
    vendorComment: (row) => answerOf(row, 'vendorComment'),
    lastRun: (row) => perProof(row, (proof) => slot(proof)?.lastRun ?? ''),
    classification: (row) => classificationOf(row).slice(0, MAX_CELL),
  };
  return vendorSpecs(rem).map(({ field, label }) => ({
    header: complement.prefix + label,
    width: WIDE_FIELDS.has(field) ? WIDE : widthOf(field as Field),
    group: 'added',
    cell: cells[field] ?? (() => ''),
  }));
}

const answerOf = ({ requirement }: SheetRow, answer: VendorAnswer): string => requirement.vendor?.[answer] ?? '';

interface Applicability {
  readonly applicable: string;
  readonly whyNot: string;
}

/**
 * Without declared profiles, only what the vendor answered. With them, a requirement of another profile does not apply;
 * one of a declared profile applies, unless the vendor says why not ("if the system is…"). A "no" that an earlier export
 * gave for a profile declared since is no answer of the vendor's.
 */
function applicability(row: SheetRow, due: ReadonlySet<Requirement> | undefined): Applicability {
  const answered = { applicable: answerOf(row, 'applicable'), whyNot: answerOf(row, 'whyNot') };
  if (due === undefined || row.obsolete) return answered;
  const undeclared = `profil « ${row.requirement.profile} » non déclaré`;
  if (!due.has(row.requirement)) return { applicable: 'non', whyNot: answered.whyNot || undeclared };
  const stale = answered.whyNot === undeclared;
  return stale || answered.applicable === '' ? { applicable: 'oui', whyNot: stale ? '' : answered.whyNot } : answered;
}

/**
 * The bench's verdict where it judged; elsewhere the vendor's word, shown as such once there is a campaign. A word of the
 * bench that was read back from an earlier export is no verdict of today's: it is shown as such, campaign or not.
 */
function conformOf(row: SheetRow, { campaign }: VendorProgress): string {
  const answered = answerOf(row, 'conform');
  const judged = row.obsolete ? undefined : campaign?.conform.get(row.requirement.id);
  if (judged !== undefined) return judged;
  if (answered === '' || answered.startsWith(DECLARED)) return answered;
  return (campaign === undefined || row.obsolete) && !isVerdictWord(answered) ? answered : DECLARED + answered;
}

const VERDICT_WORDS = Object.values(VERDICTS).map(({ label }) => foldText(label).toLowerCase());

/** Whether a cell reads as what the bench writes there: a verdict, or « conforme en partie (…) ». */
function isVerdictWord(text: string): boolean {
  const folded = foldText(text.trim()).toLowerCase();
  return VERDICT_WORDS.some((word) => folded === word || folded.startsWith(`${word}enpartie`));
}

const stateOf = (progress: SlotProgress | undefined): string =>
  progress === undefined ? '' : SLOT_STATES[progress.state].label.toLowerCase();

/** The value of the only proof of the row, or one line per proof: `n° : value`. */
function perProof(row: SheetRow, value: (proof: ProofSlot) => string): string {
  if (row.obsolete) return '';
  const [only, ...others] = row.proofs;
  if (only === undefined) return '';
  if (others.length === 0) return value(only).slice(0, MAX_CELL);
  return row.proofs
    .map((proof) => [proof.rawId || proof.id, value(proof)] as const)
    .filter(([, text]) => text !== '')
    .map(([number, text]) => `${number} : ${text}`)
    .join('\n')
    .slice(0, MAX_CELL);
}
