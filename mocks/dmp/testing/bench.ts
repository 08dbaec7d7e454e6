import type { HttpExchange } from '#formats/exchange/index.ts';
import { send } from '../../insi/testing.ts';
import type { TestPatient } from '../../population/types.ts';
import { createTestContext } from '../../testing.ts';
import type { MockProfile } from '../../types.ts';
import { startDmp } from '../index.ts';
import type { RightsMatrix } from '../rights-matrix.ts';
import type { CodeSets } from '../td21/code-sets.ts';
import { ACTIONS } from '../vocabulary.ts';
import { type DmpAnswer, readAnswer } from './client.ts';
import {
  type Caller,
  envelope,
  type EnvelopeParts,
  existenceBody,
  feeding,
  type LotParts,
  type UpdateParts,
  updateBody,
  vihf,
  type VihfParts,
} from './messages.ts';

export interface SendOptions {
  readonly client?: string;
  readonly vihf?: Partial<VihfParts>;
  readonly envelope?: Partial<EnvelopeParts>;
}

export type TestBench = Awaited<ReturnType<typeof openBench>>;

/** A running DMP and what a test does with it. */
export async function openBench(profile: MockProfile = 'strict', rights?: RightsMatrix, codes?: CodeSets) {
  const context = await createTestContext({ profile });
  const dmp = await startDmp(context, {
    homologations: ['TEST-1234'],
    ...(rights && { rights }),
    ...(codes && { codes }),
  });
  const [professional] = context.population.professionals;
  if (!professional) throw new Error('no professional');
  let rank = 0;

  const caller = (patient: TestPatient): Caller => ({
    pki: context.pki,
    patient,
    professional,
    structure: context.population.laboratory.id,
    now: new Date(),
  });
  const post = async (
    service: string,
    message: { contentType: string; body: string | Uint8Array },
    client = 'ORG_AUTH_CLI',
  ): Promise<DmpAnswer> =>
    readAnswer(await send(`${dmp.addresses.base}/${service}`, context.pki, { client, ...message }));

  return {
    context,
    dmp,
    caller,
    post,
    /** A new OID at each call. */
    oid: (): string => `1.2.250.1.999.1.${(rank += 1)}`,
    last: (): HttpExchange => context.journal.list({ service: 'dmp' }).at(-1) as HttpExchange,
    /** Plain SOAP call. */
    call(service: string, action: string, patient: TestPatient, body: string, options: SendOptions = {}) {
      const security = vihf(caller(patient), options.vihf);
      const xml = envelope(action, security, body, options.envelope);
      const contentType = `application/soap+xml; charset=utf-8; action="${action}"`;
      return post(service, { contentType, body: xml }, options.client);
    },
    exists(patient: TestPatient, options: SendOptions = {}) {
      return this.call('patients', ACTIONS.existence, patient, existenceBody({ patient }), options);
    },
    feed(patient: TestPatient, parts: Partial<LotParts> = {}, options: SendOptions = {}): Promise<DmpAnswer> {
      const who = caller(patient);
      const complete = { lotOid: this.oid(), documentOid: this.oid(), ...parts };
      const message = feeding(who, complete, vihf(who, options.vihf), options.envelope);
      return post('repository', message, options.client);
    },
    update(patient: TestPatient, parts: Partial<UpdateParts> = {}, options: SendOptions = {}): Promise<DmpAnswer> {
      const who = caller(patient);
      const body = updateBody(
        { ...who, structure: options.vihf?.structure ?? who.structure },
        { lotOid: this.oid(), ...parts },
      );
      return this.call('registry', ACTIONS.update, patient, body, options);
    },
    reset(): void {
      context.situations.reset();
      context.population.reset();
      context.journal.clear();
      dmp.reset();
    },
    async close(): Promise<void> {
      await dmp.close();
      await context.close();
    },
  };
}
