import { createHash } from 'node:crypto';
import type { Hl7Message } from '#formats/hl7v2/index.ts';
import type { Judgement } from './errors.ts';

/** How many messages are remembered. */
const KEPT = 5_000;

/** What was answered to each control id of each sender. */
export interface MessageMemory {
  /**
   * What a message is to those received before it: `new`, `again` (same id and content: the answer given then) or
   * `reused` (another content under an id that was already used).
   */
  recall(
    message: Hl7Message,
  ): { readonly kind: 'new' | 'reused' } | { readonly kind: 'again'; readonly judgement: Judgement };
  keep(message: Hl7Message, judgement: Judgement): void;
  forget(): void;
}

/** Source: protocols.md §7.7 H2 (a message without acknowledgement comes again under the same MSH-10). */
export function createMemory(): MessageMemory {
  const known = new Map<string, { readonly content: string; readonly judgement: Judgement }>();
  return {
    recall(message) {
      const before = known.get(keyOf(message));
      if (before === undefined) return { kind: 'new' };
      return before.content === contentOf(message)
        ? { kind: 'again', judgement: before.judgement }
        : { kind: 'reused' };
    },
    keep(message, judgement) {
      if (message.controlId === '') return;
      known.set(keyOf(message), { content: contentOf(message), judgement });
      const [oldest] = known.keys();
      if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
    },
    forget: () => known.clear(),
  };
}

function keyOf({ segments, controlId }: Hl7Message): string {
  const fields = segments[0]?.fields ?? [];
  return createHash('sha256')
    .update(JSON.stringify([fields[3], fields[4], controlId]))
    .digest('hex');
}

/** All but the header, whose time changes when a message is sent again. */
function contentOf({ segments, type }: Hl7Message): string {
  const hash = createHash('sha256').update(JSON.stringify(type));
  for (const { raw } of segments.slice(1)) hash.update(raw).update('\r');
  return hash.digest('hex');
}
