import type { IndicatorResult, SunesCount, SunesIndicator, TargetStatus } from './types.ts';

/**
 * Rate of an indicator and what its target says of it: documents sent ÷ documents produced × 100 (official formula of
 * biology, deck 001). The comparison is made on whole numbers: 48,999 % does not reach 49 %.
 */
export function indicatorResult(count: SunesCount, indicator: SunesIndicator): IndicatorResult {
  const { produced, sent, received } = count;
  const target = indicator.targets[count.window];
  const reaches = (number: number): boolean => target !== undefined && number * 100 >= target * produced;
  const status = statusOf();
  const notes = [
    ...(target === undefined ? [`La cible de la fenêtre ${count.window} n’est pas connue.`] : []),
    ...(produced === 0 ? ['Rien n’a été produit : le taux ne se calcule pas.'] : []),
    ...(indicator.formula === 'seen' ? [] : ['Formule de la biologie, appliquée par analogie.']),
    ...(status === 'disputed'
      ? ['Atteinte selon le compte de l’établissement, pas selon le contrôle national (compté à réception).']
      : []),
    ...(received !== undefined && received > sent
      ? ['Plus de documents reçus que transmis : vérifiez les deux comptes.']
      : []),
    ...(indicator.note === undefined ? [] : [indicator.note]),
  ];
  return {
    indicator: indicator.id,
    title: indicator.title,
    domain: indicator.domain,
    produced,
    sent,
    ...(received === undefined ? {} : { received }),
    ...(produced === 0 ? {} : { rate: cutRate(sent, produced) }),
    ...(produced === 0 || received === undefined ? {} : { nationalRate: cutRate(received, produced) }),
    ...(target === undefined ? {} : { target }),
    status,
    missing: target === undefined ? 0 : Math.max(0, Math.ceil((target * produced) / 100) - sent),
    formula: indicator.formula,
    bonus: indicator.bonus === true,
    notes,
  };

  function statusOf(): TargetStatus {
    if (target === undefined || produced === 0) return 'unknown';
    if (!reaches(sent)) return 'not-reached';
    return received === undefined || reaches(received) ? 'reached' : 'disputed';
  }
}

/** Percent cut to two decimals: what is shown never looks higher than what is. */
function cutRate(number: number, produced: number): number {
  return Math.floor((number * 10_000) / produced) / 100;
}
