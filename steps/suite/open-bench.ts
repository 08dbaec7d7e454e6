import { join } from 'node:path';
import type { CodeLists } from '#checks/xds/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import { createCollector, type Collector, type CollectorSettings } from '#evidence/index.ts';
import { folderVault, VAULT } from '#evidence/vault/index.ts';
import { startMocks, type Bench, type ServiceSettings } from '#mocks/index.ts';
import type { ProductIdentity, SutDriver } from '#sut/driver/index.ts';
import type { DocumentReferences } from '../world/index.ts';
import { knownPeople } from '../people/index.ts';
import { openSut } from './open-sut.ts';
import { openReferences, type OpenedReferences, type ReferenceFiles } from './references.ts';

/** What one process of a run opens. Plain data: it may cross a process boundary. */
export interface BenchOptions {
  readonly id: string;
  readonly rem: Rem;
  /** Working folder: the originals of the pieces are kept there. */
  readonly dataDir: string;
  /** Holds the test PKI of this process; two running benches never share one, since certificates name a port. */
  readonly pkiDir: string;
  /** Folder of the run. */
  readonly runDir: string;
  /** What this process keeps for itself: settings and log of the product. */
  readonly workDir: string;
  readonly journalDir: string;
  readonly sut: string;
  readonly faults: readonly string[];
  readonly ports?: { readonly base: number };
  readonly mocks?: ServiceSettings;
  /** Lists of codes that rule the metadata in the checks of the steps; those shipped when absent. */
  readonly codes?: CodeLists;
  /** Files that the checks of documents are held to. */
  readonly references?: ReferenceFiles;
  readonly gestureTimeoutMs?: number;
  readonly exchangeTimeoutMs: number;
  readonly benchVersion: string;
  /** Who asked for the run. */
  readonly operator?: string;
  readonly numbers?: NonNullable<CollectorSettings['numbers']>;
}

/** The simulated services, the product, and who files the pieces: all that scenarios are played with. */
export interface OpenedBench {
  readonly mocks: Bench;
  readonly sut: SutDriver;
  readonly product: ProductIdentity;
  readonly collector: Collector;
  readonly references: DocumentReferences;
  close(): Promise<void>;
}

/**
 * @throws {BenchError} from the mocks; {SutError} when the product is out of reach. What was opened is closed then.
 */
export async function openBench(
  options: BenchOptions,
  now: () => Date,
  phase: (sentence: string) => void,
): Promise<OpenedBench> {
  const { rem } = options;
  let mocks: Bench | undefined;
  let sut: SutDriver | undefined;
  let references: OpenedReferences | undefined;
  const close = async (): Promise<void> => {
    await references?.close();
    await sut?.close();
    await mocks?.close();
  };
  try {
    references = await openReferences(options.references ?? {});
    phase('Démarrage des services simulés');
    mocks = await startMocks({
      dataDir: options.pkiDir,
      journalDir: options.journalDir,
      ...options.mocks,
      ...(options.ports ? { ports: options.ports } : {}),
    });
    phase('Mise en route du produit testé');
    sut = await openSut(mocks, {
      sut: options.sut,
      faults: options.faults,
      workDir: options.workDir,
      ...(options.gestureTimeoutMs === undefined ? {} : { gestureTimeoutMs: options.gestureTimeoutMs }),
    });
    const product = await sut.identity();
    const collector = createCollector({
      runDir: options.runDir,
      originals: folderVault(join(options.dataDir, VAULT)),
      known: knownPeople(mocks.population),
      now,
      facts: {
        product,
        driver: sut.label,
        mocks: { profile: options.mocks?.profile ?? 'strict' },
        ...(options.operator === undefined ? {} : { operator: options.operator }),
        rem: { category: rem.category, wave: rem.wave, source: rem.source, sha256: rem.sha256 },
        run: options.id,
        benchVersion: options.benchVersion,
      },
      ...(options.numbers === undefined ? {} : { numbers: options.numbers }),
    });
    return { mocks, sut, product, collector, references, close };
  } catch (error) {
    await close();
    throw error;
  }
}
