import { Given } from '@cucumber/cucumber';
import type { TestProfessional } from '#mocks/population/index.ts';
import { registerAs, statusNamed } from './patients.steps.ts';
import type { ScenarioWorld } from './world/index.ts';

/** Words of a feature → how many. */
const NUMBERS: Readonly<Record<string, number>> = { deux: 2, dix: 10 };

const correspondents = new WeakMap<ScenarioWorld, readonly TestProfessional[]>();

/** The correspondents of the scenario, when there are several. */
export function correspondentsOf(world: ScenarioWorld): readonly TestProfessional[] {
  const known = correspondents.get(world);
  if (known === undefined) throw new Error('le scénario n’a pas plusieurs correspondants : une étape manque');
  return known;
}

Given(
  /^un patient qualifié et (deux|dix) professionnels correspondants$/,
  async function (this: ScenarioWorld, words: string) {
    this.patient = this.people.patient('nominal');
    await registerAs(this, 'qualifiee');
    const drawn = Array.from({ length: NUMBERS[words] ?? 0 }, () => this.people.professional());
    correspondents.set(this, drawn);
  },
);

Given(
  "un patient dont l'identité est {string} et un professionnel correspondant",
  async function (this: ScenarioWorld, status: string) {
    this.patient = this.people.patient('nominal');
    await registerAs(this, statusNamed(status));
    this.professional = this.people.professional();
  },
);
