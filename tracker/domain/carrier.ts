import { refusal, type Outcome } from './refusal.ts';

/** Who answers for a requirement: the product itself, or another one that it is deployed with (a PFI, an EAI, an IAM…). */
export type Carrier =
  | { readonly kind: 'produit' }
  | {
      readonly kind: 'partenaire';
      readonly product: string;
      readonly editor: string;
      /** Reference of the partner's product: its NIL, or its reference on Convergence. */
      readonly reference: string;
      readonly version?: string;
    };

export const OWN_PRODUCT: Carrier = { kind: 'produit' };

/**
 * Judges who is said to carry a requirement.
 *
 * @returns `CARRIER_UNNAMED` when a partner has no name, `CARRIER_REFERENCE_MISSING` when nothing proves that it is referenced
 */
export function declareCarrier(carrier: Carrier): Outcome<Carrier> {
  if (carrier.kind === 'produit') return { ok: true, value: OWN_PRODUCT };
  const { product, editor, reference } = carrier;
  if (product.trim() === '' || editor.trim() === '') {
    return refusal(
      'CARRIER_UNNAMED',
      'Le produit partenaire et son éditeur doivent être nommés.',
      'Donnez le nom commercial du produit et celui de son éditeur.',
    );
  }
  if (reference.trim() === '') {
    return refusal(
      'CARRIER_REFERENCE_MISSING',
      `Rien ne dit que ${product.trim()} porte l’exigence.`,
      'Donnez son numéro d’intégration (NIL) ou sa référence sur Convergence.',
    );
  }
  return { ok: true, value: carrier };
}

/** French, as lists and exports show it. */
export function carrierText(carrier: Carrier): string {
  if (carrier.kind === 'produit') return 'produit';
  const { product, version, editor, reference } = carrier;
  return `${product}${version === undefined ? '' : ` ${version}`} (${editor}, ${reference})`;
}
