import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { DsrError } from '../errors/index.ts';
import type { Category, Rem, Requirement, Wave } from '../rem/types.ts';
import { sectionTitle } from './sections.ts';
import type { CatalogueData, CatalogueRequirement } from './types.ts';

const FILES: ReadonlyMap<string, string> = new Map([['SGL va1', './sgl-va1.json']]);

const loaded = new Map<string, Rem>();

/** Whether a catalogue is embedded for that category and wave. */
export function hasCatalogue(category: Category, wave: Wave): boolean {
  return FILES.has(`${category} ${wave}`);
}

/**
 * The embedded list of requirements: official ids, our own titles, no official text.
 *
 * @returns a Rem of layout `catalogue`; the same object at each call
 * @throws DsrError `CATALOGUE_UNKNOWN` when none is embedded for them: the vendor's own REM is then needed
 */
export function loadCatalogue(category: Category, wave: Wave): Rem {
  const key = `${category} ${wave}`;
  const known = loaded.get(key);
  if (known !== undefined) return known;
  const file = FILES.get(key);
  if (file === undefined) {
    throw new DsrError(
      'CATALOGUE_UNKNOWN',
      `Jalon n'embarque pas de catalogue pour le couloir ${category} en ${wave}.`,
      'Donnez le classeur REM de ce couloir avec --rem FICHIER, ou importez-le par « jalon rem import ».',
    );
  }
  const bytes = readFileSync(new URL(file, import.meta.url));
  const data = JSON.parse(bytes.toString('utf8')) as CatalogueData;
  const rem: Rem = {
    category: data.category,
    wave: data.wave,
    layout: 'catalogue',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    source: 'catalogue embarqué',
    requirements: data.requirements.map(toRequirement),
  };
  loaded.set(key, rem);
  return rem;
}

function toRequirement(entry: CatalogueRequirement): Requirement {
  return {
    id: entry.id,
    rawId: entry.rawId,
    previousIds: entry.previousIds,
    profile: entry.profile,
    section: entry.section,
    sectionTitle: sectionTitle(entry.section),
    block: entry.block,
    function: entry.function,
    nature: entry.nature,
    title: entry.title,
    statement: '',
    observable: entry.observable,
    scenarios: entry.scenarios.map((scenario) => ({
      id: scenario.id,
      rawId: scenario.rawId,
      text: scenario.title,
      title: scenario.title,
      proofs: scenario.proofs.map((proof) => ({
        id: proof.id,
        rawId: proof.rawId,
        text: proof.title,
        title: proof.title,
        kinds: proof.kinds,
        evidenceClass: proof.evidenceClass,
      })),
    })),
  };
}
