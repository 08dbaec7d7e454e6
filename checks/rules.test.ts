import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findRequirement, loadCatalogue } from '#dsr/catalogue/index.ts';
import type { Rule } from '#dsr/verdict/index.ts';
import { RULES as annuaire } from './annuaire/index.ts';
import { RULES as cda } from './cda/index.ts';
import { RULES as hl7v2 } from './hl7v2/index.ts';
import { RULES as ins } from './ins/index.ts';
import { RULES as loinc } from './loinc/index.ts';
import { RULES as mail } from './mail/index.ts';
import { RULES as oidc } from './oidc/index.ts';
import { RULES as pdf } from './pdf/index.ts';
import { RULES as portability } from './portability/index.ts';
import { CONTROLS, RULES as quote } from './quote/index.ts';
import { RULES as tbb } from './tbb/index.ts';
import { RULES as tls } from './tls/index.ts';
import { RULES as vihf } from './vihf/index.ts';
import { RULES as xdm } from './xdm/index.ts';
import { RULES as xds } from './xds/index.ts';

const TABLES: Readonly<Record<string, readonly Rule[]>> = {
  annuaire,
  cda,
  hl7v2,
  ins,
  loinc,
  mail,
  oidc,
  pdf,
  portability,
  quote,
  tbb,
  tls,
  vihf,
  xdm,
  xds,
};
const ALL = Object.values(TABLES).flat();
/** Rules about the papers of a sale serve the twenty checks, which are in no REM. */
const SALES = new Set(CONTROLS.map(({ id }) => id));
/** Both embedded catalogues: a rule may serve a requirement of either wave. */
const REMS = [loadCatalogue('SGL', 'va1'), loadCatalogue('SGL', 'va2')];

describe('rules of every check', () => {
  it('come from every folder that holds rules', () => {
    const folders = readdirSync(fileURLToPath(new URL('.', import.meta.url)), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !['rule', 'report'].includes(entry.name))
      .map((entry) => entry.name);
    expect(folders.toSorted()).toEqual(Object.keys(TABLES).toSorted());
  });

  it('have ids of their own', () => {
    expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length);
    for (const { id } of ALL) expect(id).toMatch(/^[A-Z0-9]+(?:-[A-Z0-9]+)+$/);
  });

  it('serve requirements that exist, and say where they come from', () => {
    for (const { id, requirements, source, title } of ALL) {
      expect(source, id).not.toBe('');
      expect(title, id).not.toBe('');
      const unknown = requirements.filter(
        (each) => !SALES.has(each) && REMS.every((rem) => findRequirement(rem, each) === undefined),
      );
      expect(unknown, id).toEqual([]);
    }
  });
});
