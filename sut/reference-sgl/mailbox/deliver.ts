import { Refusal } from '../model/index.ts';
import { type Letter, type OwnMailbox, type ReportDelivery, sendLetter } from '../mssante/index.ts';
import type { MailActsDeps } from './acts-types.ts';
import type { MailDesk } from './desk.ts';

const DEFAULT_DELAYS_MS = [5_000, 30_000, 120_000];

/** How the letters of people leave, and leave again when the server could not take them. */
export interface LetterDelivery {
  /** Sends, keeps, and tries again later what may pass. @throws {Refusal} `ENVOI_REFUSE` with what the server said */
  deliver(
    letter: Letter,
    box: OwnMailbox,
    user: string,
    more: Parameters<MailDesk['keep']>[1],
  ): Promise<ReportDelivery>;
  /** No new try starts afterwards. */
  stop(): void;
}

export function createLetterDelivery({
  config,
  faults,
  schedule,
  desk,
  onError,
}: Pick<MailActsDeps, 'config' | 'faults' | 'schedule' | 'desk' | 'onError'>): LetterDelivery {
  const timers = new Set<{ cancel(): void }>();
  const attempt = async (
    letter: Letter,
    box: OwnMailbox,
    user: string,
    more: Parameters<MailDesk['keep']>[1],
    former?: { readonly tries: number; readonly delivery: ReportDelivery },
  ): Promise<ReportDelivery> => {
    const { tries } = former ?? { tries: 0 };
    const delivery = await sendLetter(letter, box, config, faults, desk.tell(box, user), former?.delivery.written);
    desk.keep(delivery, more);
    const delay = (config.retryDelaysMs ?? DEFAULT_DELAYS_MS)[tries];
    if (delivery.state === 'en-attente' && delay !== undefined && !faults.has('mss-sans-reessai')) {
      const timer = schedule(() => {
        timers.delete(timer);
        attempt(letter, box, user, more, { tries: tries + 1, delivery }).catch(onError);
      }, delay);
      timers.add(timer);
    }
    if (delivery.state === 'refuse' && tries === 0) throw new Refusal('ENVOI_REFUSE', delivery.detail);
    return delivery;
  };
  return {
    deliver: (letter, box, user, more) => attempt(letter, box, user, more),
    stop() {
      for (const timer of timers) timer.cancel();
    },
  };
}
