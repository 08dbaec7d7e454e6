import { Given } from '@cucumber/cucumber';
import type { ScenarioWorld } from './world/index.ts';

/**
 * The record itself would let the user in: only the consent of the patient may hold the product back. Who acts in the
 * product is told by its calls; whoever the bench knows is let in too, since it may not have called yet.
 */
Given('un DMP que les utilisateurs du produit sont déjà autorisés à lire', function (this: ScenarioWorld) {
  const { dmp, journal, population } = this.bench.mocks;
  const acting = journal.list({ service: 'dmp' }).map(({ attribution }) => attribution.professional);
  const known = population.professionals.map(({ nationalId }) => nationalId);
  for (const id of new Set([...known, ...acting.filter((one) => one !== undefined)]))
    dmp.registry.setAuthorisation(this.patient.ins, id, 'valide');
});
