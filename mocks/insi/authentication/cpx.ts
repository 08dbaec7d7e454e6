import type { CardCriteria } from '../criteria.ts';
import type { InsiRequest } from '../request.ts';
import { type AssertionContext, judgeAssertion, type JudgedAssertion, untimely } from './assertion.ts';
import type { AuthenticationJudgement, Refusal } from './types.ts';

const PERSONS = /^CN=(TEST )?AC IGC-SANTE ELEMENTAIRE PERSONNES$/;
/** A number of the national register, with or without its key: that is how the assertion of a Vitale card is known. */
const MATRICULE = /^\d{6}[A-Za-z0-9]\d{6}(\d{2})?$/;

/**
 * Judges CPx mode: the assertion of the professional, signed with the card, then, for a Vitale search, the assertion of
 * the Vitale card. How the real one is built is not public: here it names in NameID the number read on the card, with or
 * without key, and is signed like the other (the bench issues no Vitale card).
 * Source: protocols.md §1.2.
 */
export function judgeCpx(
  { assertions, operation }: Pick<InsiRequest, 'assertions' | 'operation'>,
  context: AssertionContext,
): AuthenticationJudgement {
  const judged: JudgedAssertion[] = [];
  for (const element of assertions) {
    const one = judgeAssertion(element, context);
    if ('fault' in one) return refuse(one);
    judged.push(one);
  }
  const cards = judged.filter(({ assertion }) => isOfCard(assertion.nameId));
  const people = judged.filter((one) => !cards.includes(one));
  const [person] = people;
  const [card] = cards;
  if (person === undefined || people.length > 1 || (card !== undefined && operation.kind !== 'vitale')) {
    return refuse({
      fault: 'assertion-mal-formee',
      reason:
        'une assertion du professionnel est attendue, et celle de la carte pour la seule recherche par carte Vitale',
    });
  }
  const holder = judgeHolder(person);
  if (typeof holder !== 'string') return refuse(holder);
  const late = untimely(person.assertion, context);
  if (late !== undefined) return refuse({ fault: 'assertion-perimee', reason: late });
  if (operation.kind === 'vitale' && card === undefined && context.profile.requireCardAssertion) {
    return refuse({ fault: 'carte-absente', reason: 'une seule assertion dans wsse:Security' });
  }
  const old = card && untimely(card.assertion, context);
  if (old !== undefined) return refuse({ fault: 'carte-perimee', reason: old });
  return {
    ok: true,
    authentication: { mode: 'cpx', professional: holder, ...(card && { card: card.assertion.nameId }) },
  };
}

/** The card read must be the one of the person searched for: bearer or rights holder (CNDA test 1.03). */
export function judgeCardCoherence(card: string, { bearer, holder }: CardCriteria): Refusal | undefined {
  const known = [bearer, holder].filter((one) => one !== undefined);
  return known.some((one) => one === card || one.slice(0, 13) === card)
    ? undefined
    : { fault: 'carte-incoherente', reason: `assertion de la carte ${card}, recherche de ${known.join(' ou ')}` };
}

/** A professional: certificate of the authority of persons, whose CN is the NameID. */
function judgeHolder({ assertion, subject, issuer }: JudgedAssertion): string | Refusal {
  const { nameId } = assertion;
  if (!issuer.some((rdn) => PERSONS.test(rdn))) {
    return {
      fault: 'certificat-assertion',
      reason: `certificat émis par « ${issuer.join(', ')} », et non par l'autorité des personnes : ce n'est pas une carte`,
    };
  }
  const identifier = subject.find((rdn) => rdn.startsWith('CN='))?.slice(3) ?? '';
  return nameId === identifier
    ? identifier
    : { fault: 'identifiant-assertion', reason: `NameID « ${nameId.slice(0, 60)} », certificat « ${identifier} »` };
}

function isOfCard(nameId: string): boolean {
  return MATRICULE.test(nameId);
}

function refuse(refusal: Refusal): AuthenticationJudgement {
  return { ok: false, ...refusal };
}
