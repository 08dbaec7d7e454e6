import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSlot, loadCatalogue } from '#dsr/catalogue/index.ts';
import type { ConformityScenario, Rem, Requirement } from '#dsr/rem/index.ts';
import { planSuite } from './index.ts';

const REM = loadCatalogue('SGL', 'va1');
const PROFILES = ['general', 'referentiel-identites'];

function feature(...lines: readonly string[]): readonly string[] {
  const file = join(mkdtempSync(join(tmpdir(), 'jalon-plan-')), 'essai.feature');
  writeFileSync(file, ['# language: fr', ...lines, ''].join('\n'));
  return [file];
}

const renumbered = (scenario: ConformityScenario): ConformityScenario => ({
  ...scenario,
  id: scenario.id.replace('va1.12', 'va1.92'),
  knownAs: scenario.id,
  proofs: scenario.proofs.map((slot) => ({ ...slot, id: slot.id.replace('va1.12', 'va1.92'), knownAs: slot.id })),
});

const HEAD = ['@vague:va1 @profil:general', 'Fonctionnalité: essai'];
const KNOWN_STEP = '    Étant donné un patient qualifié dans le produit';

describe('plan of the suite', () => {
  it('finds every scenario, each answering for requirements whose slots it fills', async () => {
    const { scenarios } = await planSuite({ rem: REM, profiles: PROFILES });
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
    for (const { id, tags } of scenarios) {
      expect(tags.requirements.length, id).toBeGreaterThan(0);
      for (const slot of tags.slots) {
        expect(tags.requirements, `${id} : ${slot}`).toContain(findSlot(REM, slot)?.requirement.id);
      }
    }
  });

  it('numbers scenarios by their rank in the file, whatever is selected', async () => {
    const all = await planSuite({ rem: REM, profiles: PROFILES });
    const some = await planSuite({ rem: REM, profiles: PROFILES, tags: '@exigence:MSS/va1.16' });
    expect(some.scenarios.map(({ id }) => id)).toEqual(['mss/conversation#5', 'mss/envoi#5']);
    for (const scenario of some.scenarios) expect(all.scenarios).toContainEqual(scenario);
  });

  it('stops on a tag that the REM in use does not know', async () => {
    const rem: Rem = { ...REM, requirements: REM.requirements.filter(({ id }) => id !== 'MSS/va1.16') };
    await expect(planSuite({ rem, profiles: PROFILES })).rejects.toMatchObject({
      code: 'TAG_INCONNU',
      message: expect.stringContaining('@exigence:MSS/va1.16 (mss/envoi#5), @preuve:MSS/va1.16.01.01 (mss/envoi#5)'),
    });
  });

  it('leaves out what an imported REM does not ask for, and says what it is', async () => {
    const requirements = REM.requirements.filter(({ id }) => id !== 'MSS/va1.16');
    const all = await planSuite({ rem: REM, profiles: PROFILES });
    const plan = await planSuite({ rem: { ...REM, layout: 'rem-wave1', requirements }, profiles: PROFILES });
    expect(plan.leftOut.map(({ id }) => id)).toEqual(['mss/conversation#5', 'mss/envoi#5']);
    expect(plan.leftOut.map(({ here }) => here.missing)).toEqual([
      ['@exigence:MSS/va1.16'],
      ['@exigence:MSS/va1.16', '@preuve:MSS/va1.16.01.01'],
    ]);
    expect(plan.scenarios).toHaveLength(all.scenarios.length - 2);
  });

  it('plays for the number that the REM in use gives, and never for a number given to something else', async () => {
    const requirements = REM.requirements.map((one): Requirement => {
      if (one.id === 'MSS/va1.16') return { ...one, numberReused: true };
      if (one.id !== 'MSS/va1.12') return one;
      return { ...one, id: 'MSS/va1.92', knownAs: one.id, scenarios: one.scenarios.map(renumbered) };
    });
    const plan = await planSuite({ rem: { ...REM, layout: 'rem-wave1', requirements }, profiles: PROFILES });
    expect(plan.leftOut.map(({ id }) => id)).toEqual(['mss/conversation#5', 'mss/envoi#5']);
    const moved = plan.scenarios.find(({ tags }) => tags.requirements.includes('MSS/va1.12'));
    expect(moved?.here).toEqual({
      requirements: moved?.tags.requirements.map((id) => id.replace('va1.12', 'va1.92')),
      slots: moved?.tags.slots.map((id) => id.replace('va1.12', 'va1.92')),
      missing: [],
    });
  });

  it('stops on an imported REM that knows nothing of the suite', async () => {
    const rem: Rem = { ...REM, layout: 'rem-wave1', requirements: REM.requirements.slice(0, 1) };
    await expect(planSuite({ rem, profiles: PROFILES, tags: '@service:mssante' })).rejects.toMatchObject({
      code: 'TAG_INCONNU',
    });
  });

  it('stops on a sentence that no step knows', async () => {
    const paths = feature(...HEAD, '  Scénario: inconnu', '    Quand la lune se lève');
    await expect(planSuite({ rem: REM, profiles: PROFILES, paths })).rejects.toMatchObject({
      code: 'ETAPE_INCONNUE',
      message: expect.stringContaining('la lune se lève'),
    });
  });

  it('stops on a feature that cannot be read', async () => {
    const paths = feature(...HEAD, '  Scénario: bancal', KNOWN_STEP, '    Ceci n’est pas une étape');
    await expect(planSuite({ rem: REM, profiles: PROFILES, paths })).rejects.toMatchObject({ code: 'GHERKIN' });
  });

  it('is not green when nothing is selected', async () => {
    const paths = feature(...HEAD, '  Scénario: essai', KNOWN_STEP);
    await expect(planSuite({ rem: REM, profiles: PROFILES, paths, tags: '@absente' })).rejects.toMatchObject({
      code: 'SUITE_VIDE',
    });
  });
});
