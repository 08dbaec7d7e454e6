import { createCommandDriver } from '#sut/command/index.ts';
import { SutError, type SutDriver } from '#sut/driver/index.ts';
import { createHttpDriver } from '#sut/http/index.ts';
import { startReferenceDriver, type ReferenceDriver } from '#sut/reference/index.ts';
import type { Bench } from '#mocks/index.ts';

export interface SutOptions {
  /** `reference`, `http:URL` or `command:PATH`, as typed after `--sut`. */
  readonly sut: string;
  readonly faults: readonly string[];
  /** Private folder for the configuration and the log of a product that the bench starts itself. */
  readonly workDir: string;
  readonly gestureTimeoutMs?: number;
}

/**
 * Reaches the product. One that takes its addresses by the `configure` gesture gets them now; one that is configured by
 * hand answers that it does not know the gesture, and goes on.
 *
 * @throws {SutError} when the choice is none of ours, or when the product does not answer
 */
export async function openSut(mocks: Bench, options: SutOptions): Promise<SutDriver> {
  const { sut, faults } = options;
  const [kind, rest] = split(sut);
  const timeout = options.gestureTimeoutMs === undefined ? {} : { timeoutMs: options.gestureTimeoutMs };
  if (kind !== 'reference' && faults.length > 0) {
    throw new SutError(
      'FAULT_NEEDS_REFERENCE',
      '--fault ne s’applique qu’au SGL de référence.',
      'Retirez --fault, ou --sut.',
    );
  }
  let driver: SutDriver;
  switch (kind) {
    case 'reference':
      driver = await openReference(mocks, faults, options.workDir);
      break;
    case 'http':
      driver = createHttpDriver({ base: rest.includes('://') ? rest : `http://${rest}`, label: sut, ...timeout });
      break;
    case 'command':
      driver = createCommandDriver({ path: rest, ...timeout });
      break;
    default:
      throw new SutError(
        'SUT_UNKNOWN_KIND',
        `« ${sut} » n'est pas un pilotage connu.`,
        'Écrivez --sut reference, --sut http:URL ou --sut command:CHEMIN.',
      );
  }
  try {
    const configured = await driver.configure({ addresses: mocks.addresses });
    if (configured.outcome === 'failed') throw notConfigured(configured);
    if (configured.outcome === 'done' && !configured.output.accepted) {
      throw new SutError(
        'SUT_NOT_CONFIGURED',
        'Le produit testé a refusé les adresses du banc (geste configure, « accepted » : false).',
        'Consultez ses traces ; un produit réglé à la main répond 501 à configure.',
      );
    }
    return driver;
  } catch (error) {
    await driver.close();
    throw error;
  }
}

/** Only the codes of the transport are known to whoever catches; any other is the product's own word. */
function notConfigured({ code, reason, remedy }: { code: string; reason: string; remedy: string }): SutError {
  if (code === 'SUT_UNREACHABLE' || code === 'SUT_TIMEOUT') return new SutError(code, reason, remedy);
  return new SutError(
    'SUT_NOT_CONFIGURED',
    `Le produit testé n'a pas pris les adresses du banc (geste configure, ${code}) : ${reason}`,
    remedy,
  );
}

/** Whether the bench starts this product itself, and may hence start several of it at the same time. */
export function isOwnProduct(sut: string): boolean {
  return split(sut)[0] === 'reference';
}

function split(sut: string): readonly [string, string] {
  const colon = sut.indexOf(':');
  return colon < 0 ? [sut, ''] : [sut.slice(0, colon), sut.slice(colon + 1)];
}

/**
 * The bundled reference SGL, started on the bench with faults.
 *
 * @param exchangeTimeoutMs how long the product waits for a service that stays silent
 * @throws {SutError} `REFERENCE_FAULT`, `REFERENCE_NOT_STARTED`
 */
export function openReference(
  mocks: Bench,
  faults: readonly string[],
  workDir: string,
  exchangeTimeoutMs?: number,
): Promise<ReferenceDriver> {
  return startReferenceDriver({
    ...referenceOptions(mocks, faults, workDir),
    ...(exchangeTimeoutMs === undefined ? {} : { exchangeTimeoutMs }),
  });
}

function referenceOptions(
  mocks: Bench,
  faults: readonly string[],
  workDir: string,
): Parameters<typeof startReferenceDriver>[0] {
  const { addresses, population } = mocks;
  const [biologist, ...accounts] = population.professionals;
  if (!biologist) throw new Error('la population du banc n’a aucun professionnel');
  return { bench: addresses, laboratory: population.laboratory, biologist, accounts, faults, workDir };
}
