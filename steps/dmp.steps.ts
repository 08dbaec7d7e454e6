import { Then } from '@cucumber/cucumber';
import { checkExistenceTest, checkSubmission, RULES as XDS_RULES } from '#checks/xds/index.ts';
import { checkVihf, RULES as VIHF_RULES } from '#checks/vihf/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { captureHttp, type ScenarioWorld } from './world/index.ts';

function dmpExchanges(world: ScenarioWorld, operation: string): readonly HttpExchange[] {
  return world
    .seen({ service: 'dmp', operation })
    .filter((exchange): exchange is HttpExchange => exchange.protocol === 'http');
}

/** Waits for the second submission set: N3 then N1. */
async function submissions(world: ScenarioWorld): Promise<readonly HttpExchange[]> {
  const first = await world.httpExchange({ service: 'dmp', operation: 'TD2.1' }, 'alimenter le DMP (TD2.1)');
  await world.httpExchange(
    { service: 'dmp', operation: 'TD2.1', since: first.id },
    'alimenter le DMP une seconde fois (jumeau N1)',
  );
  return dmpExchanges(world, 'TD2.1');
}

Then("le produit a testé l'existence du DMP avant de l'alimenter", async function (this: ScenarioWorld) {
  const test = await this.httpExchange({ service: 'dmp', operation: 'TD0.2' }, 'tester l’existence du DMP (TD0.2)');
  for (const capture of captureHttp(test, 'td02', 'Test d’existence TD0.2')) this.capture(capture);
  this.judge(checkExistenceTest(test, { patient: { ins: this.patient.ins, oid: this.patient.oid } }), XDS_RULES);
  const [firstFeeding] = await submissions(this);
  this.require(
    firstFeeding !== undefined && test.startedAt <= firstFeeding.startedAt,
    'Le DMP a été alimenté avant que son existence ne soit testée.',
  );
});

Then('le DMP a reçu le CDA N3 puis le CDA N1 et répondu "Success" à chacun', async function (this: ScenarioWorld) {
  const lots = await submissions(this);
  for (const [index, lot] of lots.entries()) {
    for (const capture of captureHttp(lot, `td21-lot${index + 1}`, `Alimentation TD2.1, lot ${index + 1}`))
      this.capture(capture);
    const answer = Buffer.from(lot.response?.body ?? []).toString('utf8');
    this.require(
      answer.includes('ResponseStatusType:Success'),
      `Le DMP n'a pas répondu Success au lot ${index + 1} : ${lot.outcome}.`,
    );
  }
  const wanted = ['cda-n3', 'cda-n1'].map(
    (kind) => this.report.documents.find((document) => document.kind === kind)?.id,
  );
  const sent = lots.flatMap((lot) => lot.attribution.documentIds ?? []);
  this.require(
    // A lot also carries its signature object: only the order of the two documents is asked.
    sent.filter((id) => wanted.includes(id)).join() === wanted.join(),
    `Les lots devaient porter les documents ${wanted.join(' puis ')} ; ils portent ${sent.join(', ') || 'autre chose'}.`,
  );
});

Then('les deux documents sont visibles dans le DMP du patient', function (this: ScenarioWorld) {
  const documents = this.bench.mocks.dmp.registry.documents(this.patient.ins);
  this.captureState(
    'dmp-du-patient',
    'Les documents que le DMP simulé tient pour ce patient',
    documents.map(({ bytes, ...document }) => ({ ...document, bytes: bytes.byteLength })),
  );
  const ids = new Set(documents.filter(({ status }) => status === 'Approved').map(({ uniqueId }) => uniqueId));
  for (const kind of ['cda-n3', 'cda-n1'] as const) {
    const id = this.report.documents.find((document) => document.kind === kind)?.id ?? '';
    this.require(ids.has(id), `Le document ${kind} (${id}) n'est pas visible dans le DMP du patient.`);
  }
});

Then(
  'chaque lot envoyé au DMP a des métadonnées, une signature et un jeton VIHF conformes',
  async function (this: ScenarioWorld) {
    const lots = await submissions(this);
    for (const [index, lot] of lots.entries()) {
      for (const capture of captureHttp(lot, `td21-lot${index + 1}`, `Alimentation TD2.1, lot ${index + 1}`))
        this.capture(capture);
    }
    const { ins, oid } = this.patient;
    this.judge(
      lots.flatMap((lot) => [
        ...checkSubmission(lot, { patient: { ins, oid } }),
        ...checkVihf(lot, { patient: { ins, oid } }),
      ]),
      [...XDS_RULES, ...VIHF_RULES],
    );
  },
);
