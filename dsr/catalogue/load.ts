import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

import { DsrError } from '../errors/index.ts';
import { normaliseId } from '../rem/id.ts';
import type { Category, ConformityScenario, ProofSlot, Rem, Requirement, Wave } from '../rem/types.ts';
import type { Print } from './fingerprint.ts';
import { sectionTitle } from './sections.ts';
import type { CatalogueProof, CatalogueRequirement, CouloirData, CouloirEntry, RequirementsData } from './types.ts';

const COULOIRS: ReadonlyMap<string, string> = new Map([
  ['SGL va1', './couloirs/sgl-va1.json'],
  ['SGL va2', './couloirs/sgl-va2.json'],
]);

interface Known {
  readonly entries: ReadonlyMap<string, CatalogueRequirement>;
  readonly sha256: string;
}

let known: Known | undefined;
const loaded = new Map<string, Rem>();

/** Whether a catalogue is embedded for that category and wave. */
export function hasCatalogue(category: Category, wave: Wave): boolean {
  return COULOIRS.has(`${category} ${wave}`);
}

/**
 * The embedded list of requirements: official ids, our own titles, no official text.
 *
 * @returns a Rem of layout `catalogue`; the same object at each call
 * @throws DsrError `CATALOGUE_UNKNOWN` when none is embedded for them: the vendor's own REM is then needed
 */
export function loadCatalogue(category: Category, wave: Wave): Rem {
  const key = `${category} ${wave}`;
  const before = loaded.get(key);
  if (before !== undefined) return before;
  const file = COULOIRS.get(key);
  if (file === undefined) {
    throw new DsrError(
      'CATALOGUE_UNKNOWN',
      `Jalon n'embarque pas de catalogue pour le couloir ${category} en ${wave}.`,
      'Donnez le classeur REM de ce couloir avec --rem FICHIER, ou importez-le par « npm run jalon -- rem import ».',
    );
  }
  const bytes = readFileSync(new URL(file, import.meta.url));
  const couloir = JSON.parse(bytes.toString('utf8')) as CouloirData;
  const { entries, sha256 } = readKnown();
  const rem: Rem = {
    category: couloir.category,
    wave: couloir.wave,
    layout: 'catalogue',
    sha256: createHash('sha256').update(sha256).update(bytes).digest('hex'),
    source: 'catalogue embarqué',
    requirements: couloir.requirements.map((entry) => toRequirement(entries.get(entry.id), entry)),
    obsolete: [],
  };
  loaded.set(key, rem);
  return rem;
}

/**
 * What is known of a requirement by its id alone, whatever the couloir that publishes it: the shared base ("socle",
 * sections INS, DMP, MSS, PSC, ANN, DOC, CDA and SSI) is the same for all of them.
 *
 * @param id written as anybody writes it
 */
export function knownRequirement(id: string): Requirement | undefined {
  const entry = readKnown().entries.get(normaliseId(id));
  return entry === undefined ? undefined : toRequirement(entry, { id: entry.id });
}

/** Ids of every requirement that the catalogue describes, of any couloir and wave. */
export function catalogueIds(): readonly string[] {
  return [...readKnown().entries.keys()];
}

let prints: ReadonlyMap<string, readonly Print[]> | undefined;

/**
 * How the requirements of the catalogue look in the lists that it was written from, by id; one that two couloirs publish
 * in other words has several.
 */
export function cataloguePrints(): ReadonlyMap<string, readonly Print[]> {
  if (prints !== undefined) return prints;
  const data = JSON.parse(readFileSync(new URL('./fingerprints.json', import.meta.url), 'utf8')) as {
    requirements: Readonly<Record<string, readonly string[]>>;
  };
  prints = new Map(
    Object.entries(data.requirements).map(([id, variants]) => [
      id,
      variants.map((variant): Print => {
        const [whole = '', statement = ''] = variant.split(' ');
        return { whole, statement };
      }),
    ]),
  );
  return prints;
}

function readKnown(): Known {
  if (known !== undefined) return known;
  const entries = new Map<string, CatalogueRequirement>();
  const hash = createHash('sha256');
  const folder = new URL('./requirements/', import.meta.url);
  for (const wave of readdirSync(folder).sort()) {
    for (const name of readdirSync(new URL(`${wave}/`, folder)).sort()) {
      const bytes = readFileSync(new URL(`${wave}/${name}`, folder));
      hash.update(bytes);
      const data = JSON.parse(bytes.toString('utf8')) as RequirementsData;
      for (const entry of data.requirements) entries.set(entry.id, entry);
    }
  }
  known = { entries, sha256: hash.digest('hex') };
  return known;
}

function toRequirement(entry: CatalogueRequirement | undefined, couloir: CouloirEntry): Requirement {
  if (entry === undefined) {
    throw new DsrError(
      'CATALOGUE_DAMAGED',
      `Le catalogue embarqué cite ${couloir.id} sans le décrire.`,
      "L'installation de Jalon est incomplète : réinstallez-la.",
    );
  }
  return {
    id: entry.id,
    rawId: entry.rawId,
    previousIds: entry.previousIds,
    profile: couloir.profile ?? entry.profile,
    section: entry.section,
    sectionTitle: sectionTitle(entry.section),
    block: entry.block,
    function: entry.function,
    nature: couloir.nature ?? entry.nature,
    title: entry.title,
    statement: '',
    observable: entry.observable,
    ...(entry.observation === undefined ? {} : { observation: entry.observation }),
    ...(entry.references === undefined ? {} : { references: entry.references }),
    scenarios: entry.scenarios.map((scenario): ConformityScenario => ({
      id: scenario.id,
      rawId: scenario.rawId,
      text: scenario.title,
      title: scenario.title,
      proofs: scenario.proofs.map(toSlot),
    })),
  };
}

function toSlot(proof: CatalogueProof): ProofSlot {
  return {
    id: proof.id,
    rawId: proof.rawId,
    text: proof.title,
    title: proof.title,
    kinds: proof.kinds,
    ...(proof.alternatives === undefined ? {} : { alternatives: proof.alternatives }),
    ...(proof.condition === undefined ? {} : { condition: proof.condition }),
    evidenceClass: proof.evidenceClass,
    classifiedBy: 'catalogue',
  };
}
