import names from './names.json' with { type: 'json' };
import published from './published.json' with { type: 'json' };
import table from './situations.json' with { type: 'json' };
import type { TestPatient } from './types.ts';

/** How the people of a situation differ from plain ones; each list is used in turn. */
export interface Making {
  /** `{n}` is the number of the patient in letters. */
  readonly birthNames?: readonly string[];
  /** Exact lengths to which birth names are stretched. */
  readonly lengths?: readonly number[];
  readonly firstNames?: Readonly<Record<'F' | 'M', readonly (readonly string[])[]>>;
  readonly birthYears?: { readonly from: number; readonly to: number };
  /** `jour-00`, `mois-00`, `jour-mois-00`. */
  readonly birthDate?: string;
  /** COG codes. */
  readonly places?: readonly string[];
  /** `nia`: a waiting number. */
  readonly authority?: string;
  readonly wrongKey?: boolean;
  readonly history?: boolean;
  /** What INSi holds: `autres-traits`, `prenoms-decales`. */
  readonly held?: string;
  /** What INSi sends empty or not at all, in turn: `birthName`, `firstNames`, `sex`. */
  readonly missing?: string;
  /** Who comes with the patient: `homonyme`, `jumeau`. */
  readonly companion?: string;
  /** `ayant-droit`: only the number of a parent; `enfant`: that, or the own number beside it, in turn. */
  readonly card?: string;
  readonly deceased?: boolean;
}

/** A situation of the population: its name, how many patients are made for it and what INSi or the DMP does for them. */
export interface SituationData {
  readonly name: string;
  readonly count: number;
  readonly meaning: string;
  readonly make?: Making;
}

/** Birth places (COG codes) and first names the generator draws from. */
export const NAMES: {
  readonly cities: readonly { readonly cog: string }[];
  readonly firstNames: Readonly<Record<'F' | 'M', readonly string[]>>;
} = names;

/** Situations a patient of the population can be drawn for, with their meaning. */
export const SITUATIONS: readonly SituationData[] = table.situations;

/**
 * Published test identities, situation `publie`: for who already has them in its product. A pack apart: the only ones
 * that may carry a production authority, or a number that says something else than their traits. Their cards are ours.
 */
export const PUBLISHED: readonly TestPatient[] = published.patients.map((patient) => ({
  ...patient,
  sex: patient.sex === 'M' ? 'M' : 'F',
  situation: 'publie',
  card: {
    bearer: patient.ins,
    holder: patient.ins,
    birthName: patient.birthName,
    birthDate: patient.birthDate,
    birthRank: 1,
  },
}));
