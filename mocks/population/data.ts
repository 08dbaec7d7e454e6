import names from './names.json' with { type: 'json' };
import published from './published.json' with { type: 'json' };
import table from './situations.json' with { type: 'json' };
import type { TestPatient } from './types.ts';

/** A situation of the population: its name, how many patients are made for it and what INSi or the DMP does for them. */
export interface SituationData {
  readonly name: string;
  readonly count: number;
  readonly meaning: string;
}

/** Birth places (COG codes) and first names the generator draws from. */
export const NAMES: {
  readonly cities: readonly { readonly cog: string }[];
  readonly firstNames: Readonly<Record<'F' | 'M', readonly string[]>>;
} = names;

/** Situations a patient of the population can be drawn for, with their meaning. */
export const SITUATIONS: readonly SituationData[] = table.situations;

/** Published test identities, situation `publie`: for who already has them in its product. */
export const PUBLISHED: readonly TestPatient[] = published.patients.map((patient) => ({
  ...patient,
  sex: patient.sex === 'M' ? 'M' : 'F',
  situation: 'publie',
}));
