import { describe, expect, it } from 'vitest';
import { at } from '#formats/xml/index.ts';
import type { SendOptions } from '../testing/bench.ts';
import { type DmpAnswer, faultOf } from '../testing/client.ts';
import { existenceBody } from '../testing/messages.ts';
import { bench, useBench } from '../testing/use-bench.ts';
import { ACTIONS } from '../vocabulary.ts';

useBench();

interface Step {
  readonly breach: string;
  readonly options: SendOptions;
  /** Text of the refusal. */
  readonly said: RegExp;
  readonly arrange?: () => void;
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
  { breach: '10 another patient in the body', options: {}, said: /resource-id/, otherBody: true },
  { breach: '11 no right', options: { vihf: { profession: '99' } }, said: /Droits insuffisants/ },
];

const saidOf = (answer: DmpAnswer): string =>
  at(answer.payload, 'acknowledgement', 'acknowledgementDetail', 'text')?.text ?? faultOf(answer).reason;

function merged(steps: readonly Step[]): SendOptions {
  const vihf = Object.assign({}, ...steps.map(({ options }) => options.vihf ?? {})) as NonNullable<SendOptions['vihf']>;
  const security = steps.some(({ options }) => options.envelope?.security === '');
  return { vihf, ...(security && { envelope: { security: '' } }) };
}

async function play(steps: readonly Step[]): Promise<string> {
  const [patient, other] = [bench.context.population.draw('nominal'), bench.context.population.draw('nominal')];
  for (const { arrange } of steps) arrange?.();
  const body = existenceBody({ patient: steps.some(({ otherBody }) => otherBody) ? other : patient });
  return saidOf(await bench.call('patients', ACTIONS.existence, patient, body, merged(steps)));
}

describe('order of the checks on VIHF and caller', () => {
  it.each(STEPS.map((step) => [step.breach, step] as const))('%s is refused', async (_, step) => {
    expect(await play([step])).toMatch(step.said);
  });

  it.each(STEPS.slice(1).map((step, index) => [STEPS[index]?.breach ?? '', step.breach, index] as const))(
    '%s goes before %s',
    async (_, __, index) => {
      const [first, ...rest] = STEPS.slice(index);
      expect(await play([...(first ? [first] : []), ...rest])).toMatch(first?.said ?? /^$/);
    },
  );

  it('1 the handshake goes before everything', async () => {
    const patient = bench.context.population.draw('nominal');
    await expect(bench.exists(patient, { client: 'REVOKED', envelope: { security: '' } })).rejects.toThrow();
  });
});
