import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { RunRecord } from '../types.ts';
import schema from './run-record.schema.json' with { type: 'json' };
import { refusal, type Outcome } from './refusal.ts';

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
addFormats.default(ajv);
const isRecord = ajv.compile<RunRecord>(schema);

/**
 * Reads the record of a run that was played elsewhere (`run.json`).
 *
 * @returns `RUN_RECORD_INVALID` with the first place that is wrong
 */
export function readRunRecord(text: string): Outcome<RunRecord> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return invalid('ce n’est pas du JSON');
  }
  if (isRecord(value)) return { ok: true, value };
  const [first] = isRecord.errors ?? [];
  return invalid(`${first?.instancePath ?? ''} ${first?.message ?? ''}`.trim());
}

function invalid(why: string): ReturnType<typeof refusal> {
  return refusal(
    'RUN_RECORD_INVALID',
    `Ce compte rendu d’exécution ne se lit pas : ${why.slice(0, 200)}.`,
    'Envoyez le run.json que « jalon run » a écrit, tel quel.',
  );
}
