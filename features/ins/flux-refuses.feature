# language: fr
@service:hl7 @vague:va1 @profil:general
Fonctionnalité: Un message qui ne peut pas être pris est refusé avec son motif

  @exigence:INS/va1.72
  Plan du Scénario: le produit refuse un message <défaut> et dit pourquoi
    Étant donné un patient que INSi connaît
    Quand un établissement envoie un message <défaut>
    Alors le produit le refuse et dit pourquoi

    Exemples:
      | défaut                         |
      | d'un type qui n'existe pas     |
      | sans segment PID               |
