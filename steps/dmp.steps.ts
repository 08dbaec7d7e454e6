import { Then } from '@cucumber/cucumber';
import {
  checkDmpRequest,
  checkDmpSeries,
  RULES as XDS_RULES,
  transactionOf,
  type DmpRequestOptions,
} from '#checks/xds/index.ts';
import { RULES as VIHF_RULES } from '#checks/vihf/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import {
  awaitFeedings,
  captureDmpCalls,
  captureDmpDocuments,
  dmpCalls,
  dmpDocuments,
  isAccepted,
  type ScenarioWorld,
} from './world/index.ts';

export const DMP_RULES = [...XDS_RULES, ...VIHF_RULES];

/** What every call about the patient is judged with: who he is, and the lists of codes that rule the metadata. */
export function dmpOptions({ patient: { ins, oid }, bench: { codes } }: ScenarioWorld): DmpRequestOptions {
  return { patient: { ins, oid }, codes };
}

/** What the checks say of each call alone, whatever the DMP answered. */
export function messageFindings(world: ScenarioWorld, calls: readonly HttpExchange[]): readonly Finding[] {
  return calls.flatMap((call) => checkDmpRequest(call, dmpOptions(world)));
}

/**
 * Judges calls by what each says: what the requirement of the scenario is about decides; of a call that the DMP refused,
 * everything does, since it is why nothing was done.
 */
export function judgeMessages(
  world: ScenarioWorld,
  calls: readonly HttpExchange[],
  findingsOf: (call: HttpExchange) => readonly Finding[] = (call) => messageFindings(world, [call]),
): void {
  world.judgeAll(calls.filter((call) => !isAccepted(call)).flatMap(findingsOf), DMP_RULES);
  world.judge(calls.filter(isAccepted).flatMap(findingsOf), DMP_RULES);
}

/**
 * Calls that the DMP did not take: whatever they did wrong is why nothing followed, and is told before what is missing. A
 * right message that the scenario has refused finds nothing.
 */
export function judgeRefused(world: ScenarioWorld, since = world.mark): void {
  const refused = dmpCalls(world, undefined, since).filter(isRefused);
  captureDmpCalls(world, refused);
  world.judgeAll(messageFindings(world, refused), DMP_RULES);
}

/** A failure of the registry, a fault of SOAP, an error of HTTP, no answer at all. */
function isRefused({ response }: HttpExchange): boolean {
  return (
    response === undefined ||
    response.status >= 400 ||
    /<[^>]*:?Fault\b|ResponseStatusType:Failure/.test(Buffer.from(response.body).toString('utf8'))
  );
}

/** Every feeding accepted: judged first, so that a refusal is explained by what the message did wrong. */
export async function judgedFeedings(
  world: ScenarioWorld,
  count: number,
  since = world.mark,
): Promise<readonly HttpExchange[]> {
  const feedings = await awaitFeedings(world, count, since);
  captureDmpCalls(world, feedings);
  judgeMessages(world, feedings);
  for (const [index, feeding] of feedings.entries()) {
    world.require(
      isAccepted(feeding),
      `Le DMP n'a pas répondu Success à l'alimentation n° ${index + 1} : ${feeding.outcome}.`,
    );
  }
  // What was wrong in the calls before is why none came; then, what came instead; then, how many there are.
  if (feedings.length < count) judgeRefused(world, since);
  if (feedings.length === 0)
    await world.httpExchange({ service: 'dmp', operation: 'TD2.1', since }, 'alimenter le DMP (TD2.1)');
  world.require(
    feedings.length >= count,
    `${feedings.length} alimentation(s) du DMP (TD2.1) sont arrivées au banc, ${count} étaient attendues.`,
  );
  return feedings;
}

Then("le produit a testé l'existence du DMP avant de l'alimenter", async function (this: ScenarioWorld) {
  await awaitFeedings(this, 2);
  const calls = dmpCalls(this);
  captureDmpCalls(this, calls);
  const tests = calls.filter((call) => transactionOf(call)?.name === 'TD0.2');
  this.judge(messageFindings(this, tests), DMP_RULES);
  this.judgeAll(checkDmpSeries(calls), XDS_RULES);
  this.require(tests.length > 0, 'Le produit n’a pas testé l’existence du DMP (TD0.2).');
});

Then('le DMP a reçu le CDA N3 puis le CDA N1 et répondu "Success" à chacun', async function (this: ScenarioWorld) {
  const lots = await judgedFeedings(this, 2);
  const wanted = ['cda-n3', 'cda-n1'].map(
    (kind) => this.report.documents.find((document) => document.kind === kind)?.id,
  );
  const sent = lots.flatMap((lot) => lot.attribution.documentIds ?? []);
  this.require(
    sent.filter((id) => wanted.includes(id)).join() === wanted.join(),
    `Les lots devaient porter les documents ${wanted.join(' puis ')} ; ils portent ${sent.join(', ') || 'autre chose'}.`,
  );
});

Then('les deux documents sont visibles dans le DMP du patient', function (this: ScenarioWorld) {
  captureDmpDocuments(this, 'dmp-du-patient', 'Les documents que le DMP simulé tient pour ce patient');
  const ids = new Set(
    dmpDocuments(this)
      .filter(({ status }) => status === 'Approved')
      .map(({ uniqueId }) => uniqueId),
  );
  for (const kind of ['cda-n3', 'cda-n1'] as const) {
    const id = this.report.documents.find((document) => document.kind === kind)?.id ?? '';
    this.require(ids.has(id), `Le document ${kind} (${id}) n'est pas visible dans le DMP du patient.`);
  }
});

Then(
  'chaque lot envoyé au DMP a des métadonnées, une signature et un jeton VIHF conformes',
  async function (this: ScenarioWorld) {
    const lots = await awaitFeedings(this, 2);
    captureDmpCalls(this, lots);
    this.judge(messageFindings(this, lots), DMP_RULES);
    if (lots.length < 2) judgeRefused(this);
    this.require(
      lots.length >= 2,
      `${lots.length} alimentation(s) du DMP sont arrivées au banc, deux étaient attendues.`,
    );
  },
);

/** Asked where the user only fed, replaced or deleted: a search would be the product's own idea. */
Then("la suite des appels au DMP satisfait au guide d'intégration", function (this: ScenarioWorld) {
  const calls = dmpCalls(this);
  captureDmpCalls(this, calls);
  this.judgeAll(checkDmpSeries(calls, { ended: true }), XDS_RULES);
  const broken = (exchange: Parameters<typeof isCall>[0]): readonly Finding[] =>
    isCall(exchange) ? checkDmpSeries([...calls, exchange]) : [];
  this.watch(
    { service: 'dmp', about: this.patient.key, since: calls.at(-1)?.id ?? this.mark },
    'Le produit a appelé le DMP contre ce que veut le guide d’intégration.',
    (exchange) => broken(exchange).length > 0,
    broken,
  );
});

type Seen = ReturnType<ScenarioWorld['seen']>[number];

/** A call to the services of the DMP, not a page of the web access. */
export function isCall(exchange: Seen): exchange is HttpExchange {
  return exchange.protocol === 'http' && exchange.request.method === 'POST';
}
