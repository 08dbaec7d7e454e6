import { createHash } from 'node:crypto';
import type { Deposit, DepositKind, StoredDocument } from '#mocks/dmp/index.ts';
import type { TestProfessional } from '#mocks/population/index.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** A document that somebody else put in the record of the patient of the scenario. */
export interface Deposited extends Pick<Deposit, 'actAt' | 'createdAt' | 'submittedAt' | 'title' | 'kind'> {
  readonly stored: StoredDocument;
  readonly author: TestProfessional;
}

interface Model {
  readonly kind: DepositKind;
  readonly title: string;
  /** Rank among the prescribers of the population. */
  readonly author: number;
  readonly actAt: string;
  readonly createdAt: string;
}

/**
 * Three documents that two criteria tell apart: kinds, dates of the act, authors. None of their days is the same in UTC
 * and in France by accident: a late evening of summer, a winter morning.
 */
const MODELS: readonly Model[] = [
  {
    kind: 'lettre-de-sortie',
    title: 'Lettre de liaison après hospitalisation',
    author: 2,
    actAt: '2025-03-04T09:30:00Z',
    createdAt: '2025-03-05T10:15:00Z',
  },
  {
    kind: 'biologie',
    title: "Compte rendu d'examens d'un autre laboratoire",
    author: 3,
    actAt: '2024-11-12T07:45:00Z',
    createdAt: '2024-11-12T16:20:00Z',
  },
  {
    kind: 'biologie',
    title: 'Bilan de suivi',
    author: 2,
    actAt: '2025-06-20T22:40:00Z',
    createdAt: '2025-06-21T08:05:00Z',
  },
];

const deposits = new WeakMap<ScenarioWorld, readonly Deposited[]>();

/** Puts these documents in the record of the patient, before the product reads it. */
export function depositDocuments(world: ScenarioWorld): readonly Deposited[] {
  const { dmp, population } = world.bench.mocks;
  const made = MODELS.map(({ kind, title, ...model }, rank): Deposited => {
    const author = population.professionals[model.author];
    if (author === undefined) throw new Error('la population du banc manque de prescripteurs');
    const createdAt = new Date(model.createdAt);
    const submittedAt = new Date(createdAt.getTime() + 3_600_000);
    const actAt = new Date(model.actAt);
    const { patient } = world;
    const deposit = { patient, author, kind, title, actAt, createdAt, submittedAt };
    const uniqueId = oidFor(`${patient.key}/${rank}`);
    const stored = dmp.registry.deposit({ ...deposit, uniqueId, text: `${title}. Document de démonstration.` });
    return { stored, author, kind, title, actAt, createdAt, submittedAt };
  });
  deposits.set(world, made);
  return made;
}

/** As many reports of tests, one a day: a list longer than a screen or than a page of answers. */
export function depositMany(world: ScenarioWorld, count: number): readonly Deposited[] {
  const { dmp, population } = world.bench.mocks;
  const author = population.professionals[2];
  if (author === undefined) throw new Error('la population du banc manque de prescripteurs');
  const { patient } = world;
  const made = Array.from({ length: count }, (_, rank): Deposited => {
    const createdAt = new Date(Date.UTC(2025, 0, 1 + rank, 8));
    const submittedAt = new Date(createdAt.getTime() + 3_600_000);
    const title = `Compte rendu n° ${rank + 1}`;
    const deposit = { patient, author, kind: 'biologie', title, actAt: createdAt, createdAt, submittedAt } as const;
    const uniqueId = oidFor(`${patient.key}/liste/${rank}`);
    const stored = dmp.registry.deposit({ ...deposit, uniqueId, text: `${title}. Document de démonstration.` });
    return { stored, author, kind: 'biologie', title, actAt: createdAt, createdAt, submittedAt };
  });
  deposits.set(world, made);
  return made;
}

export function depositsOf(world: ScenarioWorld): readonly Deposited[] {
  const made = deposits.get(world);
  if (made === undefined) throw new Error('le scénario n’a déposé aucun document dans le DMP');
  return made;
}

/** The same for the same text; under the arc that needs no registration (ITU-T X.667). */
function oidFor(text: string): string {
  return `2.25.${BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 30)}`)}`;
}
