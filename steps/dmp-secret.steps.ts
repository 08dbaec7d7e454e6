import { Then, When } from '@cucumber/cucumber';
import { checkVihf, RULES as VIHF_RULES } from '#checks/vihf/index.ts';
import { judgedFeedings } from './dmp.steps.ts';
import { ANALYSES } from './reports.steps.ts';
import type { ScenarioWorld } from './world/index.ts';

When("l'utilisateur valide un compte rendu destiné au DMP, en connexion secrète", async function (this: ScenarioWorld) {
  this.report = await this.perform('validateReport', {
    patientId: this.patientId,
    title: "Compte rendu d'examens biologiques",
    analyses: ANALYSES,
    professionals: [],
    sendToPatient: false,
    sendToDmp: true,
    confidentiality: { secretConnection: true },
  });
});

async function judgeSecret(world: ScenarioWorld, secretConnection: boolean): Promise<void> {
  const { ins, oid } = world.patient;
  const feedings = await judgedFeedings(world, 2);
  const findings = feedings.flatMap((call) => checkVihf(call, { patient: { ins, oid }, secretConnection }));
  world.judgeAll(
    findings.filter(({ rule }) => rule === 'VIHF-SECRET-CONNECTION'),
    VIHF_RULES,
  );
}

Then('chaque alimentation du DMP dit la connexion secrète', function (this: ScenarioWorld) {
  return judgeSecret(this, true);
});

Then('aucune alimentation du DMP ne dit de connexion secrète', function (this: ScenarioWorld) {
  return judgeSecret(this, false);
});
