import { describe, expect, it } from 'vitest';
import { at } from '#formats/xml/index.ts';
import type { TestPatient } from '../../population/types.ts';
import type { SendOptions } from '../testing/bench.ts';
import { type DmpAnswer, faultOf, registryOf } from '../testing/client.ts';
import { existenceBody, feeding, findDocumentsBody, updateBody, vihf } from '../testing/messages.ts';
import { bench, useBench } from '../testing/use-bench.ts';
import { ACTIONS } from '../vocabulary.ts';

useBench();

interface Step {
  readonly breach: string;
  readonly options: SendOptions;
  /** Text of the refusal. */
  readonly said: RegExp;
  readonly arrange?: (patient: TestPatient) => void;
  /** The body is about another patient than the VIHF. */
  readonly otherBody?: true;
}

/** Checks of the DMP in its order (protocols.md §2.10), each with a message that breaks it and nothing else. */
const STEPS: readonly Step[] = [
  { breach: '2 no VIHF', options: { envelope: { security: '' } }, said: /VIHF absent/ },
  {
    breach: '3 not signed by a signature certificate',
    options: { vihf: { signer: 'ORG_AUTH_CLI' } },
    said: /signature certificate/,
  },
  {
    breach: '4 too old',
    options: { vihf: { issueInstant: new Date(Date.now() - 3_600_000).toISOString() } },
    said: /périmé/,
  },
  { breach: '5 another issuer', options: { vihf: { issuer: 'CN=AUTRE,C=FR' } }, said: /émetteur/ },
  {
    breach: '6 an attribute is missing',
    options: { vihf: { without: 'Secteur_Activite' } },
    said: /Secteur_Activite absent/,
  },
  { breach: '7 another structure', options: { vihf: { structure: '10B0999999' } }, said: /personne morale/ },
  { breach: '8 not homologated', options: { vihf: { homologation: 'AUTRE' } }, said: /homologué/ },
  {
    breach: '9 not linked with the structure',
    options: {},
    said: /non liés/,
    arrange: () => {
      for (const structure of ['10B0999999', bench.context.population.laboratory.id]) {
        bench.dmp.registry.setLinked(bench.context.population.professionals[0]?.nationalId ?? '', structure, false);
      }
    },
  },
  { breach: '10 another patient in the body', options: {}, said: /resource-id|celui du VIHF/, otherBody: true },
  { breach: '11 no right', options: { vihf: { profession: '99' } }, said: /Droits insuffisants/ },
];

const saidOf = (answer: DmpAnswer): string =>
  at(answer.payload, 'acknowledgement', 'acknowledgementDetail', 'text')?.text ??
  (answer.payload?.name.local === 'Fault' ? faultOf(answer).reason : (registryOf(answer).errors[0]?.context ?? ''));

/** A transaction whose body names a patient, in a message that is right but for what is asked. */
interface Played {
  readonly name: string;
  readonly send: (patient: TestPatient, named: TestPatient, options: SendOptions) => Promise<DmpAnswer>;
}

const EXISTENCE: Played = {
  name: 'TD0.2',
  send: (patient, named, options) =>
    bench.call('patients', ACTIONS.existence, patient, existenceBody({ patient: named }), options),
};
const DOCUMENTS: readonly Played[] = [
  {
    name: 'TD2.1',
    send(patient, named, options) {
      const parts = { lotOid: bench.oid(), documentOid: bench.oid() };
      const security = vihf(bench.caller(patient), options.vihf);
      return bench.post('repository', feeding(bench.caller(named), parts, security, options.envelope));
    },
  },
  {
    name: 'TD3.1',
    send: (patient, named, options) =>
      bench.call('registry', ACTIONS.query, patient, findDocumentsBody({ patient: named }), options),
  },
  {
    name: 'TD3.3',
    send: (patient, named, options) =>
      bench.call(
        'registry',
        ACTIONS.update,
        patient,
        updateBody(bench.caller(named), { lotOid: bench.oid() }),
        options,
      ),
  },
];
/** What the document transactions refuse after the caller. */
const CLOSED: Step = {
  breach: '12 a closed record',
  options: {},
  said: /Le DMP du patient est fermé/,
  arrange: ({ ins }) => bench.dmp.registry.setStatus(ins, 'ferme'),
};
const CASES: readonly { readonly played: Played; readonly steps: readonly Step[] }[] = [
  { played: EXISTENCE, steps: STEPS },
  ...DOCUMENTS.map((played) => ({ played, steps: [...STEPS, CLOSED] })),
];

function merged(steps: readonly Step[]): SendOptions {
  const parts = Object.assign({}, ...steps.map(({ options }) => options.vihf ?? {})) as NonNullable<
    SendOptions['vihf']
  >;
  const security = steps.some(({ options }) => options.envelope?.security === '');
  return { vihf: parts, ...(security && { envelope: { security: '' } }) };
}

async function play({ send }: Played, steps: readonly Step[]): Promise<string> {
  const [patient, other] = [bench.context.population.draw('nominal'), bench.context.population.draw('nominal')];
  for (const { arrange } of steps) arrange?.(patient);
  return saidOf(await send(patient, steps.some(({ otherBody }) => otherBody) ? other : patient, merged(steps)));
}

describe.each(CASES.map((one) => [one.played.name, one] as const))(
  'order of the checks on VIHF and caller in %s',
  (_, { played, steps }) => {
    it.each(steps.map((step) => [step.breach, step] as const))('%s is refused', async (__, step) => {
      expect(await play(played, [step])).toMatch(step.said);
    });

    it.each(steps.slice(1).map((step, index) => [steps[index]?.breach ?? '', step.breach, index] as const))(
      '%s goes before %s',
      async (__, ___, index) => {
        const [first, ...rest] = steps.slice(index);
        expect(await play(played, [...(first ? [first] : []), ...rest])).toMatch(first?.said ?? /^$/);
      },
    );
  },
);

describe('before everything', () => {
  it('1 the handshake', async () => {
    const patient = bench.context.population.draw('nominal');
    await expect(bench.exists(patient, { client: 'REVOKED', envelope: { security: '' } })).rejects.toThrow();
  });
});
