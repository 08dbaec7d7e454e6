import { transactionOf, type DmpTransactionName } from '#checks/xds/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import type { StoredDocument } from '#mocks/dmp/index.ts';
import { captureHttp } from './captures.ts';
import { isAboutScenario } from './insi-calls.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/**
 * Calls to the services of the DMP since a mark, in order, without those known to be about patients of nobody here: a
 * product may feed somebody else meanwhile. Calls that the DMP refused, or did not recognise, are there; pages of the
 * web access are not.
 *
 * @param names told from the message, whatever was answered; every call when absent
 */
export function dmpCalls(
  world: ScenarioWorld,
  names?: readonly DmpTransactionName[],
  since = world.mark,
): readonly HttpExchange[] {
  return world
    .seen({ service: 'dmp', since })
    .filter((exchange): exchange is HttpExchange => exchange.protocol === 'http' && exchange.request.method === 'POST')
    .filter((exchange) => isAboutScenario(exchange, world.patientKeys))
    .filter((exchange) => names === undefined || names.some((name) => transactionOf(exchange)?.name === name));
}

/** Whether the DMP did what this call asked (`Success`; `PartialSuccess` too: it was done). */
export function isAccepted({ response }: HttpExchange): boolean {
  const answer = Buffer.from(response?.body ?? []).toString('utf8');
  return /ResponseStatusType:(?:Partial)?Success/.test(answer);
}

/**
 * Waits until this many documents were fed since a mark, and gives every feeding tried since, refused ones included.
 * Whoever calls judges them, then says what is missing.
 */
export async function awaitFeedings(
  world: ScenarioWorld,
  count: number,
  since = world.mark,
): Promise<readonly HttpExchange[]> {
  return await world.eventually(
    () => Promise.resolve(dmpCalls(world, ['TD2.1'], since)),
    (calls) => calls.filter(isAccepted).length >= count,
  );
}

/** Keeps each call with its answer, once. */
export function captureDmpCalls(world: ScenarioWorld, calls: readonly HttpExchange[]): void {
  const kept = new Set(world.captures.map(({ exchangeId }) => exchangeId));
  for (const exchange of calls.filter(({ id }) => !kept.has(id))) {
    const rank = new Set(world.captures.map(({ exchangeId }) => exchangeId).filter((id) => id !== undefined)).size + 1;
    const name = transactionOf(exchange)?.name ?? 'appel';
    for (const capture of captureHttp(
      exchange,
      `dmp-${rank}-${name.toLowerCase().replace('.', '')}`,
      `Appel n° ${rank} au DMP (${exchange.operation})`,
    ))
      world.capture(capture);
  }
}

/** What the DMP of the bench holds of the patient of the scenario. */
export function dmpDocuments(world: ScenarioWorld): readonly StoredDocument[] {
  return world.bench.mocks.dmp.registry.documents(world.patient.ins);
}

/** Keeps the list of these documents as a piece. */
export function captureDmpDocuments(world: ScenarioWorld, name: string, caption: string): void {
  const documents = dmpDocuments(world);
  world.captureState(
    name,
    caption,
    documents.map(({ bytes, ...document }) => ({ ...document, bytes: bytes.byteLength })),
  );
}

/** uniqueId of the documents of a report that are meant for the DMP. */
export function dmpIdsOf({ documents }: ScenarioWorld['report']): readonly string[] {
  return documents.filter(({ kind }) => kind === 'cda-n3' || kind === 'cda-n1').map(({ id }) => id);
}
