import { HL7_DOMAINS, type FeedOrder } from '../hl7/index.ts';
import type { HostPort } from '../types.ts';
import { problem, readJson, unknownPatient, type ControlAnswer, type Controlled } from './answers.ts';
import { readFeedRequest, type FeedRequest } from './feed-schema.ts';

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|localhost|::1)$/i;

/**
 * Has an identity message sent to the product, as a partner would: answers its acknowledgement and the id of the journal.
 * Only to this machine or to the address that the user gave when the bench was started: nothing that reaches the control
 * API may make the bench call elsewhere.
 */
export async function sendFeed(body: Uint8Array, bench: Controlled): Promise<ControlAnswer> {
  const json = readJson(body);
  if (!json.ok) return problem(400, 'NOT_JSON', 'Le corps n’est pas un document JSON.', [json.reason]);
  const reading = readFeedRequest(json.value);
  if (!reading.ok) return problem(400, 'BAD_FEED', 'La demande d’envoi est mal formée.', reading.problems);
  const { request } = reading;
  const { hl7, population } = bench;
  if (hl7 === undefined) return problem(404, 'NO_HL7', 'Ce banc n’a pas de partenaire HL7.', []);
  const address = request.address ?? bench.hl7Target;
  if (address === undefined) {
    const remedy =
      'donner « address » ({"host":"127.0.0.1","port":…}), ou démarrer le banc avec --hl7-target hôte:port';
    return problem(400, 'BAD_FEED', 'L’adresse MLLP du produit n’est pas connue.', [remedy]);
  }
  if (!isAllowed(address, bench.hl7Target)) {
    const message = `Le banc n’envoie rien à ${address.host}:${address.port} : ce n’est ni cette machine, ni l’adresse donnée à son démarrage.`;
    const remedy = `si le produit écoute bien là, relancer : npm run jalon -- mocks --hl7-target ${address.host}:${address.port}`;
    return problem(400, 'ADDRESS_REFUSED', message, [remedy]);
  }
  const patient = population.byKey(request.patient) ?? population.byIns(request.patient);
  if (patient === undefined) return unknownPatient(request.patient, population);
  let message: Uint8Array;
  try {
    message = hl7.makeFeed(orderOf(request, patient));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return problem(400, 'BAD_FEED', error.message, ['donner « merge » : {"localId":…} ou {"ins":{"value":…,"oid":…}}']);
  }
  const { ack, failure, exchange } = await hl7.send(address, message, {
    about: patient.key,
    ...(request.timeoutMs === undefined ? {} : { timeoutMs: request.timeoutMs }),
  });
  const sent = { exchange: exchange.id, operation: exchange.operation, ack: ack ?? null };
  if (failure === undefined) return { status: 200, document: sent };
  const remedy = `vérifier que le produit écoute en MLLP à ${address.host}:${address.port}, puis lire l’échange ${exchange.id} dans GET /journal`;
  return problem(502, failure.code, failure.message, [remedy], sent);
}

function isAllowed({ host, port }: HostPort, target: HostPort | undefined): boolean {
  if (LOOPBACK.test(host)) return true;
  return target !== undefined && host.toLowerCase() === target.host.toLowerCase() && port === target.port;
}

function orderOf(
  { event, domain = 'hopital', localId, identity, merge, traits }: FeedRequest,
  patient: FeedOrder['patient'],
): FeedOrder {
  // The message that takes an INS away is about an identity that has none any more.
  const usual = event === 'A47' ? { reliability: 'PROV', withIns: false } : { reliability: 'VALI', withIns: true };
  return {
    event,
    patient,
    domain: typeof domain === 'string' ? HL7_DOMAINS[domain] : domain,
    localId: localId ?? `BANC-${patient.key}`,
    identity: { ...usual, ...identity },
    ...(merge === undefined ? {} : { merge }),
    ...(traits === undefined ? {} : { overrides: { traits } }),
  };
}
