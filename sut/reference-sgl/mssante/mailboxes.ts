import type { Professional, SglConfig } from '../model/index.ts';
import { civility } from '../documents/index.ts';

/** How a mailbox of the operator is opened: by its password, or by the token of a Pro Santé Connect session. */
export interface MailboxAccess {
  readonly user: string;
  readonly password?: string;
  readonly token?: string;
}

/** A mailbox that this system may use. */
export interface OwnMailbox extends MailboxAccess {
  readonly address: string;
  /** Personal, organisational or applicative. */
  readonly kind: 'PER' | 'ORG' | 'APP';
  /** What is shown before the address (ECO 2.2.7). */
  readonly label: string;
}

/** The mailboxes of the configuration: that of the laboratory first. */
export function ownMailboxes(config: SglConfig, owners: readonly Professional[] = []): readonly OwnMailbox[] {
  const { laboratory, mssante } = config;
  const { user, password, others = [] } = mssante;
  const main: OwnMailbox = { address: laboratory.mailbox, kind: 'ORG', label: laboratory.name, user, password };
  return [
    main,
    ...others.map(({ address, kind, user: login, password: secret, owner }): OwnMailbox => {
      const person = owners.find(({ nationalId }) => nationalId === owner);
      const label = kind === 'PER' && person ? personalLabel(person, laboratory.name) : laboratory.name;
      return { address, kind, label, user: login, password: secret };
    }),
  ];
}

/** `<Titre>_<Prénom>_<NOM>_<Entité>`; the title may be missing, not the name. */
function personalLabel(person: Professional, entity: string): string {
  const { prefix, suffix } = civility(person);
  const title = suffix ?? prefix;
  return [title ?? 'PS', person.firstName, person.lastName.toUpperCase(), entity].join('_');
}

export function mailboxOf(boxes: readonly OwnMailbox[], address: string): OwnMailbox | undefined {
  return boxes.find((box) => box.address.toLowerCase() === address.toLowerCase());
}
