# language: fr
@service:annuaire @vague:va1 @profil:general
Fonctionnalité: Le produit se sert de l'Annuaire Santé quand il répond mal

  @exigence:ANN/va1.05
  Scénario: l'annuaire qui demande d'attendre n'est pas rappelé avant
    Étant donné un professionnel de l'annuaire
    Et l'annuaire qui demande d'attendre avant l'appel suivant
    Quand l'utilisateur cherche la boîte MSSanté de ce professionnel malgré cela
    Alors les appels à l'annuaire suivent ce qu'il a demandé

  @exigence:ANN/va1.05
  Scénario: un annuaire en panne n'est pas rappelé sans fin
    Étant donné un professionnel de l'annuaire
    Et l'annuaire hors service
    Quand l'utilisateur cherche la boîte MSSanté de ce professionnel malgré cela
    Alors les appels à l'annuaire suivent ce qu'il a demandé

  @exigence:ANN/va1.01
  Scénario: une extraction indisponible un moment n'est pas redemandée avant l'heure
    Étant donné l'annuaire indisponible un moment
    Quand le produit tente de charger l'extraction de l'annuaire
    Alors les téléchargements de l'extraction suivent ce que l'annuaire a demandé
