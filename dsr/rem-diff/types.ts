import type { Category, Nature, ProofKind, Wave } from '../rem/types.ts';

/** One of the two REMs compared. */
export interface RemSide {
  readonly category: Category;
  readonly wave: Wave;
  readonly layout: string;
  readonly source: string;
  readonly sha256: string;
  /** False for the embedded catalogue, which holds no official text. */
  readonly official: boolean;
  readonly requirements: number;
  readonly slots: number;
}

/** What something of the REM is numbered for. */
export type Level = 'requirement' | 'scenario' | 'slot';

/** A stretch of text; those of kind `same` and `removed` give the text before, `same` and `added` the text after. */
export interface Segment {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** A requirement that one side only has. */
export interface LoneEntry {
  readonly id: string;
  readonly rawId: string;
  readonly title: string;
  /** Official wording, empty when the REM holds none. */
  readonly statement: string;
  readonly nature: Nature;
  readonly profile: string;
  readonly section: string;
  readonly slots: readonly string[];
}

export interface AddedEntry extends LoneEntry {
  /** Requirements of the former REM that it cites, or that share an older number with it, while they live on. */
  readonly relatedTo: readonly string[];
  /** The former REM listed it as obsolete: it comes back. */
  readonly wasObsolete: boolean;
}

export interface RemovedEntry extends LoneEntry {
  /** True when the new REM still lists it and says that it is obsolete. */
  readonly markedObsolete: boolean;
}

export interface WordingEntry {
  /** Requirement, as the new REM numbers it. */
  readonly id: string;
  readonly level: Level;
  /** What was reworded, as the new REM numbers it; the requirement itself at that level. */
  readonly target: string;
  /** Its number in the former REM. */
  readonly from: string;
  readonly before: string;
  readonly after: string;
  readonly segments: readonly Segment[];
  /** True when the texts are too long or too many to be compared word by word: the middle is replaced whole. */
  readonly coarse: boolean;
}

/** Why two numbers are said to name the same thing. */
export type Correspondence =
  | 'id'
  /** The list of former numbers says so. */
  | 'previous-id'
  /** Same text, typography aside. */
  | 'text'
  /** Nearly the same text. */
  | 'near-text';

export type RenumberingKind =
  /** One number became another one. */
  | 'carried'
  /** One became several. */
  | 'split'
  /** Several became one. */
  | 'merged'
  | 'many-to-many'
  /** Same number, written otherwise in the workbook (case, spaces, lost prefix). */
  | 'spelling';

export interface RenumberedEntry {
  /** Requirement, as the new REM numbers it; the first of `after` when one became several. */
  readonly id: string;
  readonly level: Level;
  readonly kind: RenumberingKind;
  readonly how: Correspondence;
  /** Numbers before and after; raw ones when only the spelling changed. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export type PlaceField =
  | 'profile'
  | 'section'
  /** The section keeps its id and is called otherwise. */
  | 'sectionTitle'
  | 'block'
  | 'function';

export interface MovedEntry {
  readonly id: string;
  readonly from: string;
  readonly fields: readonly PlaceField[];
  readonly before: Readonly<Partial<Record<PlaceField, string>>>;
  readonly after: Readonly<Partial<Record<PlaceField, string>>>;
}

export interface NatureEntry {
  readonly id: string;
  readonly from: string;
  readonly before: Nature;
  readonly after: Nature;
}

/** What a slot asks for, beside its wording. */
export interface SlotFacts {
  readonly kinds: readonly ProofKind[];
  readonly alternatives: readonly (readonly ProofKind[])[];
  readonly condition: string;
  readonly evidenceClass: string;
}

export type ProofChange = 'added' | 'removed' | 'kinds' | 'alternatives' | 'class' | 'condition' | 'scenario';

export interface ProofEntry {
  /** Requirement, as the new REM numbers it. */
  readonly id: string;
  readonly level: 'scenario' | 'slot';
  /** Number in the new REM; in the former one when removed. */
  readonly target: string;
  /** What changed; `scenario` when the slot now stands under another scenario. */
  readonly changes: readonly ProofChange[];
  /** Text of what was added or removed, empty otherwise. */
  readonly text: string;
  readonly before: SlotFacts | null;
  readonly after: SlotFacts | null;
}

/** What became of requirements: each one of the two REMs stands in exactly one. */
export interface Fate {
  readonly fate: 'same' | 'changed' | 'renumbered' | 'added' | 'removed';
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Something that was not compared since one side does not say it. */
export type NotCompared = 'wording' | Exclude<PlaceField, 'sectionTitle'>;

/** What changed from one REM to another. */
export interface RemDiff {
  readonly from: RemSide;
  readonly to: RemSide;
  /** Nothing at all changed. */
  readonly identical: boolean;
  /** One of the two cites a number of the other, or both the same older one; otherwise only numbers and texts relate them. */
  readonly linked: boolean;
  readonly notCompared: readonly NotCompared[];
  readonly summary: Readonly<Record<DiffList | 'unchanged', number>>;
  readonly added: readonly AddedEntry[];
  /** Everything gone, marked obsolete or not. */
  readonly removed: readonly RemovedEntry[];
  /** Those of `removed` that the new REM does not even mention. */
  readonly silentlyRemoved: readonly RemovedEntry[];
  /** Those of `removed` that the new REM marks obsolete. */
  readonly obsoleted: readonly RemovedEntry[];
  readonly reworded: readonly WordingEntry[];
  /** Spaces, line breaks, apostrophes, quotes, dashes: no word changed. */
  readonly typographyOnly: readonly WordingEntry[];
  readonly renumbered: readonly RenumberedEntry[];
  readonly moved: readonly MovedEntry[];
  readonly natureChanged: readonly NatureEntry[];
  readonly proofsChanged: readonly ProofEntry[];
  readonly fates: readonly Fate[];
}

export type DiffList =
  | 'added'
  | 'removed'
  | 'silentlyRemoved'
  | 'obsoleted'
  | 'reworded'
  | 'typographyOnly'
  | 'renumbered'
  | 'moved'
  | 'natureChanged'
  | 'proofsChanged';
