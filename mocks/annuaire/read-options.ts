import { Ajv2020 } from 'ajv/dist/2020.js';
import { readSettings, type SettingsKind } from '../settings-file.ts';
import layout from './data/extraction-layout.json' with { type: 'json' };
import type { ExtractionSettings } from './extraction/settings.ts';
import { DAMAGES } from './situations.ts';

const text = { type: 'string', minLength: 1, maxLength: 300 } as const;
const name = { ...text, pattern: String.raw`^[\w.{}-]+$` } as const;
/** What a column may hold. */
const FIELDS = [
  ...new Set([...layout.personneActivite.columns, ...layout.correspondanceMssante.columns].map(({ field }) => field)),
].filter((field) => field !== undefined);

const FILE = {
  type: 'object',
  additionalProperties: false,
  required: ['archive', 'file', 'columns'],
  properties: {
    archive: name,
    file: name,
    columns: {
      type: 'array',
      minItems: 1,
      maxItems: 200,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['title'],
        properties: { title: text, field: { type: 'string', enum: FIELDS } },
      },
    },
  },
};

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    source: { type: 'string', maxLength: 4000 },
    date: text,
    confirmed: { type: 'boolean' },
    ageDays: { type: 'integer', minimum: 0, maximum: 3650 },
    damage: { type: 'string', enum: DAMAGES },
    separator: { type: 'string', minLength: 1, maxLength: 1 },
    quoted: { type: 'boolean' },
    endsWithSeparator: { type: 'boolean' },
    personneActivite: FILE,
    correspondanceMssante: FILE,
  },
};

const KIND: SettingsKind = {
  code: 'EXTRACTION_OPTIONS',
  whose: 'de l’extraction de l’annuaire',
  remedy: 'La forme et les colonnes admises sont celles de mocks/annuaire/data/extraction-layout.json.',
};

/** Remarks of the file: nothing is made of them. */
interface Remarks {
  readonly source?: string;
  readonly date?: string;
  readonly confirmed?: boolean;
}

/**
 * Reads the settings of the public extraction that a vendor gives in a file: its layout, of who has downloaded the real one
 * (no public document confirms the default one), its age, and what is wrong with it.
 *
 * @param json text of the file: that of `data/extraction-layout.json`, all optional, with `ageDays` (days since the file was
 *   made) and `damage` (a situation `extraction-…`, for every download)
 * @param file its name, for the sentence
 * @throws {BenchError} `EXTRACTION_OPTIONS` telling each thing wrong and what is known
 */
export function readExtractionOptions(json: string, file?: string): ExtractionSettings {
  const validate = new Ajv2020({ allErrors: true }).compile<ExtractionSettings & Remarks>(SCHEMA);
  const { source: _source, date: _date, confirmed: _confirmed, ...settings } = readSettings(json, validate, KIND, file);
  return settings;
}
