import type { Attribution } from '#formats/exchange/index.ts';
import { component, repetitions, segment, type Hl7Message } from '#formats/hl7v2/index.ts';
import type { Population } from '../population/types.ts';

/** Whose message it is: the INS of PID-3 (CX-5 `INS`), the document of TXA-12. */
export function attributionOf(message: Hl7Message, population: Population): Attribution {
  const pid = segment(message, 'PID');
  const ids = pid === undefined ? [] : repetitions(message, pid, 3);
  const ins = ids
    .filter((id) => component(message, id, 5).startsWith('INS'))
    .map((id) => component(message, id, 1))
    .find((value) => value !== '');
  const txa = segment(message, 'TXA');
  const documents = (txa === undefined ? [] : repetitions(message, txa, 12))
    .map((id) => component(message, id, 1))
    .filter((id) => id !== '');
  const patient = ins === undefined ? undefined : population.byIns(ins)?.key;
  return {
    ...(ins === undefined ? {} : { ins }),
    ...(patient === undefined ? {} : { patient }),
    ...(documents.length === 0 ? {} : { documentIds: documents }),
  };
}
