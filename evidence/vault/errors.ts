export type VaultCode = 'VAULT_FULL' | 'VAULT_UNWRITABLE' | 'VAULT_PIECE_MISSING' | 'VAULT_PIECE_ALTERED';

/** The vault cannot keep or give a piece; never a verdict on the product. */
export class VaultError extends Error {
  readonly code: VaultCode;
  /** French, what to do. */
  readonly remedy: string;

  constructor(code: VaultCode, message: string, remedy: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'VaultError';
    this.code = code;
    this.remedy = remedy;
  }
}

export function missing(sha256: string, cause?: unknown): VaultError {
  return new VaultError(
    'VAULT_PIECE_MISSING',
    `La pièce d’empreinte ${sha256} n’est pas dans le coffre.`,
    'Reprenez-la d’une sauvegarde du coffre, ou recueillez-la de nouveau.',
    cause,
  );
}

export function altered(sha256: string): VaultError {
  return new VaultError(
    'VAULT_PIECE_ALTERED',
    `La pièce d’empreinte ${sha256} n’est plus celle qui a été scellée.`,
    'Reprenez-la d’une sauvegarde du coffre ; n’éditez jamais un fichier du coffre.',
  );
}

/** What the system said while writing, in our words. @param place folder or address, for the message */
export function unwritable(place: string, cause: unknown): VaultError {
  const code = (cause as { readonly code?: unknown }).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new VaultError(
      'VAULT_FULL',
      `Le disque du coffre ${place} est plein : la pièce n’est pas gardée.`,
      'Libérez de la place, puis recommencez : rien de ce qui était gardé n’est perdu.',
      cause,
    );
  }
  return new VaultError(
    'VAULT_UNWRITABLE',
    `Le coffre ${place} ne s’écrit pas : ${(cause as Error).message}.`,
    'Vérifiez les droits sur ce dossier.',
    cause,
  );
}
