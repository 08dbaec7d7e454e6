import { Then, When } from '@cucumber/cucumber';
import {
  checkBlockedFeeding,
  checkDeletion,
  checkDmpRequest,
  checkReportStatus,
  documentsOfLot,
  RULES as XDS_RULES,
} from '#checks/xds/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import type { StoredDocument } from '#mocks/dmp/index.ts';
import type { GestureInput } from '#sut/driver/index.ts';
import { dmpOptions, isCall, judgedFeedings, judgeMessages, messageFindings } from './dmp.steps.ts';
import { dmpTransmissions } from './dmp-feeding.steps.ts';
import { ANALYSES } from './reports.steps.ts';
import {
  awaitFeedings,
  captureDmpCalls,
  captureDmpDocuments,
  captureWebDocuments,
  dmpCalls,
  dmpDocuments,
  dmpIdsOf,
  isAccepted,
  type ScenarioWorld,
} from './world/index.ts';

type Report = ScenarioWorld['report'];
type Status = NonNullable<GestureInput<'validateReport'>['status']>;

/** What a scenario did to its reports, one after the other. */
class Corrected {
  /** The versions of the report, oldest first. */
  readonly versions: { readonly report: Report; readonly since: string }[] = [];
  /** Journal position just before the last thing done. */
  since = '';
  /** What the DMP held just before it. */
  held: readonly StoredDocument[] = [];
  /** Reports validated while feeding was blocked. */
  readonly blocked: Report[] = [];
  isBlocked = false;
}

const corrected = new WeakMap<ScenarioWorld, Corrected>();

function correctedOf(world: ScenarioWorld): Corrected {
  const known = corrected.get(world) ?? new Corrected();
  corrected.set(world, known);
  return known;
}

function before(world: ScenarioWorld): Corrected {
  const state = correctedOf(world);
  state.since = world.bench.mocks.journal.mark();
  state.held = dmpDocuments(world);
  return state;
}

/** Every value a little higher: a result that was measured again. */
const CORRECTED = ANALYSES.map((analysis) => ({ ...analysis, value: Number((analysis.value * 1.1).toFixed(2)) }));

async function validate(world: ScenarioWorld, status?: Status): Promise<void> {
  const state = before(world);
  const { patientId } = world;
  world.report = await world.perform('validateReport', {
    patientId,
    title: "Compte rendu d'examens biologiques",
    analyses: status === 'partiel' ? ANALYSES.slice(0, 1) : ANALYSES,
    professionals: [],
    sendToPatient: false,
    sendToDmp: true,
    ...(status === undefined ? {} : { status }),
  });
  if (state.isBlocked) state.blocked.push(world.report);
  else state.versions.push({ report: world.report, since: state.since });
}

When("l'utilisateur valide un compte rendu partiel destiné au DMP", function (this: ScenarioWorld) {
  return validate(this, 'partiel');
});

When(/^l'utilisateur valide un (?:premier|autre) compte rendu destiné au DMP$/, async function (this: ScenarioWorld) {
  await validate(this);
  const { isBlocked, since } = correctedOf(this);
  // The next gesture is about a report that is in the DMP.
  if (!isBlocked) await judgedFeedings(this, 2, since);
});

async function replace(world: ScenarioWorld, status?: Status): Promise<void> {
  const state = before(world);
  const { reportId } = world.report;
  world.report = await world.perform('replaceReport', {
    reportId,
    analyses: status === undefined ? CORRECTED : ANALYSES,
    ...(status === undefined ? {} : { status }),
  });
  state.versions.push({ report: world.report, since: state.since });
}

When("l'utilisateur corrige ce compte rendu", function (this: ScenarioWorld) {
  return replace(this);
});

When("l'utilisateur complète ce compte rendu", function (this: ScenarioWorld) {
  return replace(this, 'complet');
});

When("l'utilisateur supprime ce compte rendu du DMP", async function (this: ScenarioWorld) {
  before(this);
  const tried = await this.attempt('deleteReport', {
    reportId: this.report.reportId,
    reason: 'Versé par erreur',
  });
  // A deletion that the DMP refuses is judged first: why it was refused is in the message.
  const message = tried.outcome === 'done' ? tried.output.message : tried.message;
  this.asked.value = { refused: tried.outcome === 'refused', message };
  this.captureState('message-suppression', 'Ce que le produit a dit de la suppression', this.asked.value);
});

Then(/^le DMP a reçu le compte rendu (partiel|complet)$/, async function (this: ScenarioWorld, status: Status) {
  const { since } = correctedOf(this);
  const feedings = await judgedFeedings(this, 2, since);
  this.judgeAll(checkReportStatus(feedings, status), XDS_RULES);
});

Then('le DMP a reçu la nouvelle version à la place de la précédente', async function (this: ScenarioWorld) {
  const { since, held, versions: known } = correctedOf(this);
  const [old, next] = known.slice(-2);
  if (old === undefined || next === undefined) throw new Error('aucune version n’a été remplacée');
  const feedings = await awaitFeedings(this, 2, since);
  captureDmpCalls(this, dmpCalls(this, undefined, since));
  const versions = { old: old.report, next: next.report, held };
  judgeMessages(this, feedings, (feeding) => replacementFindings(this, feeding, versions));
  captureDmpDocuments(this, 'dmp-apres-remplacement', 'Les documents du DMP après le remplacement');
  await captureWebDocuments(this, 'acces-web-apres-remplacement', 'L’accès web simulé du DMP après le remplacement');
  for (const id of dmpIdsOf(old.report)) {
    this.require(
      statusOf(this, id) === 'Deprecated',
      `La version précédente (${id}) est encore en vigueur dans le DMP.`,
    );
  }
  for (const id of dmpIdsOf(next.report)) {
    this.require(statusOf(this, id) === 'Approved', `La nouvelle version (${id}) n'est pas en vigueur dans le DMP.`);
  }
});

interface Replacement {
  readonly old: Report;
  readonly next: Report;
  /** The DMP just before. */
  readonly held: readonly StoredDocument[];
}

/** Each document of the new version against the one of the same kind and audience that it replaces. */
function replacementFindings(
  world: ScenarioWorld,
  feeding: HttpExchange,
  { old, next, held }: Replacement,
): readonly Finding[] {
  const body = { contentType: contentTypeOf(feeding), body: feeding.request.body };
  const [sent] = documentsOfLot(body);
  // By its number, or by its level when the product did not give it a new one.
  const kind =
    next.documents.find(({ id }) => id === sent?.uniqueId)?.kind ?? (sent?.cda?.level === 'N1' ? 'cda-n1' : 'cda-n3');
  const replaced = held.find(({ uniqueId }) => old.documents.some((one) => one.kind === kind && one.id === uniqueId));
  if (replaced === undefined) return messageFindings(world, [feeding]);
  const { uniqueId, setId, versionNumber, entryUUID } = replaced;
  return checkDmpRequest(feeding, {
    ...dmpOptions(world),
    replaces: entryUUID,
    replaced: {
      uniqueId,
      ...(setId === undefined ? {} : { setId }),
      ...(versionNumber === undefined ? {} : { versionNumber }),
    },
  });
}

function statusOf(world: ScenarioWorld, uniqueId: string): StoredDocument['status'] | undefined {
  return dmpDocuments(world).findLast((document) => document.uniqueId === uniqueId)?.status;
}

Then('le DMP a reçu la suppression des deux documents', async function (this: ScenarioWorld) {
  const { since, held } = correctedOf(this);
  const inForce = held.filter(
    ({ uniqueId, status }) => status === 'Approved' && dmpIdsOf(this.report).includes(uniqueId),
  );
  const updates = await this.eventually(
    () => Promise.resolve(dmpCalls(this, ['TD3.3'], since)),
    (calls) => calls.length >= inForce.length,
  );
  captureDmpCalls(this, dmpCalls(this, undefined, since));
  const entries = inForce.map(({ entryUUID }) => entryUUID);
  judgeMessages(this, updates);
  this.judgeAll(
    updates.flatMap((call) => checkDeletion(call, entries)),
    XDS_RULES,
  );
  for (const { uniqueId } of inForce) {
    this.require(
      updates.some(({ attribution }) => attribution.documentIds?.includes(uniqueId)),
      `Le DMP n'a reçu aucune demande de suppression (TD3.3c) du document ${uniqueId}.`,
    );
  }
  const { refused, message } = this.asked.value;
  this.require(!refused, `Le produit n'a pas supprimé le compte rendu, et l'a dit ainsi : « ${message} »`);
  captureDmpDocuments(this, 'dmp-apres-suppression', 'Les documents du DMP après la suppression');
  await captureWebDocuments(this, 'acces-web-apres-suppression', 'L’accès web simulé du DMP après la suppression');
  for (const { uniqueId } of inForce) {
    const status = statusOf(this, uniqueId);
    this.require(
      status === 'Deleted' || status === undefined,
      `Le document ${uniqueId} est encore dans le DMP (${status}).`,
    );
  }
});

When(
  /^l'utilisateur (bloque|permet à nouveau) l'alimentation du DMP de ce patient$/,
  async function (this: ScenarioWorld, what: string) {
    const on = what === 'bloque';
    const state = before(this);
    const { patientId } = this;
    const { message } = await this.perform('blockDmp', { patientId, on });
    state.isBlocked = on;
    this.captureState(on ? 'blocage' : 'deblocage', 'Ce que le produit a dit du blocage', { message });
  },
);

Then('rien du compte rendu bloqué ne va dans le DMP', async function (this: ScenarioWorld) {
  const { blocked, since, versions } = correctedOf(this);
  const [report] = blocked;
  if (report === undefined) throw new Error('aucun compte rendu n’a été validé pendant le blocage');
  const lines = await dmpTransmissions(this, report.reportId, () => true);
  const findings = (calls: readonly HttpExchange[]): readonly Finding[] => checkBlockedFeeding(calls);
  const calls = dmpCalls(this, undefined, since);
  captureDmpCalls(this, calls);
  captureDmpDocuments(this, 'dmp-du-patient', 'Les documents que le DMP simulé tient pour ce patient');
  await captureWebDocuments(this, 'acces-web', 'La liste des documents dans l’accès web simulé du DMP');
  this.judgeAll(findings(calls), XDS_RULES);
  this.require(
    lines.every(({ state }) => state !== 'transmis'),
    'Le produit montre à son utilisateur le compte rendu bloqué comme transmis au DMP.',
  );
  const held = new Set(dmpDocuments(this).map(({ uniqueId }) => uniqueId));
  const first = versions.flatMap((version) => dmpIdsOf(version.report));
  this.require(
    first.every((id) => held.has(id)) && held.size === first.length,
    `Le DMP devait tenir les ${first.length} documents du premier compte rendu, et eux seuls ; il en tient ${held.size}.`,
  );
  this.watch(
    { service: 'dmp', operation: 'TD2.1', about: this.patient.key, since: calls.at(-1)?.id ?? since },
    'Le produit a alimenté le DMP d’un patient pour qui l’utilisateur a bloqué l’alimentation.',
    isCall,
    (exchange) => (isCall(exchange) ? findings([exchange]) : []),
  );
});

Then('le DMP a reçu les deux documents de ce dernier compte rendu', async function (this: ScenarioWorld) {
  const { since } = correctedOf(this);
  const feedings = await judgedFeedings(this, 2, since);
  const sent = new Set(feedings.filter(isAccepted).flatMap((call) => call.attribution.documentIds ?? []));
  const missing = dmpIdsOf(this.report).filter((id) => !sent.has(id));
  this.require(missing.length === 0, `Le DMP n'a pas reçu ${missing.join(', ')} du dernier compte rendu.`);
});

function contentTypeOf({ request }: HttpExchange): string | undefined {
  return request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
}
