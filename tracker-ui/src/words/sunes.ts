import type { ShareStatus, TargetStatus } from '#tracker/api/index.ts';
import type { Word } from './types.ts';

export const TARGETS: Readonly<Record<TargetStatus, Word>> = {
  reached: { tone: 'ok', sign: '✓', label: 'Atteinte' },
  'not-reached': { tone: 'bad', sign: '✕', label: 'Non atteinte' },
  disputed: { tone: 'warn', sign: '?', label: 'Contestée' },
  unknown: { tone: 'none', sign: '–', label: 'Inconnue' },
};

export const SHARES: Readonly<Record<ShareStatus, Word>> = {
  acquired: { tone: 'ok', sign: '✓', label: 'Acquise' },
  'not-acquired': { tone: 'bad', sign: '✕', label: 'Non acquise' },
  unknown: { tone: 'none', sign: '–', label: 'Inconnue' },
};
