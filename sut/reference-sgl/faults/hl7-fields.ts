import table from './hl7-fields.json' with { type: 'json' };

interface Spoiling {
  readonly segment?: string;
  readonly field?: number;
  readonly value?: string;
  readonly pattern?: string;
  readonly with?: string;
}

const SPOILINGS = new Map<string, Spoiling>(Object.entries(table.faults));

/** A message about to leave, with the fields that the faults switched on make wrong; the same message without any. */
export function spoilHl7(text: string, faults: ReadonlySet<string>): string {
  let spoilt = text;
  for (const [name, { segment, field, value = '', pattern, with: replacement = '' }] of SPOILINGS) {
    if (!faults.has(name)) continue;
    if (pattern !== undefined) spoilt = spoilt.replaceAll(new RegExp(pattern, 'g'), replacement);
    if (segment !== undefined && field !== undefined) spoilt = writeField(spoilt, segment, field, value);
  }
  return spoilt;
}

function writeField(text: string, name: string, number: number, value: string): string {
  // MSH-1 is the separator itself, which shifts the numbers.
  const at = name === 'MSH' ? number - 1 : number;
  return text
    .split('\r')
    .map((line) => {
      const fields = line.split('|');
      return fields[0] === name && fields[at] !== undefined ? fields.with(at, value).join('|') : line;
    })
    .join('\r');
}
