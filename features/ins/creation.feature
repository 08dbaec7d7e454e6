# language: fr
@vague:va1 @profil:general
Fonctionnalité: Une identité se crée avec ses cinq traits, et rien de plus n'est exigé

  @exigence:INS/va1.21 @preuve:INS/va1.21.01.01
  Plan du Scénario: sans <champ>, aucune identité n'est créée
    Étant donné un patient que INSi connaît
    Quand l'utilisateur crée cette identité sans renseigner le champ "<champ>"
    Alors le produit refuse la création et dit pourquoi à l'utilisateur

    Exemples:
      | champ                       |
      | nom de naissance            |
      | premier prénom de naissance |
      | date de naissance           |
      | sexe                        |
      | code du lieu de naissance   |

  @exigence:INS/va1.22
  Scénario: les cinq traits suffisent
    Étant donné un patient qui a plusieurs prénoms
    Quand l'utilisateur crée cette identité avec les seuls champs obligatoires
    Alors l'identité est créée au statut "provisoire"

  @exigence:INS/va1.45
  Scénario: une identité créée sans justificatif est provisoire
    Étant donné un patient que INSi connaît
    Quand l'utilisateur crée cette identité sans justificatif
    Alors l'identité est créée au statut "provisoire"

  @exigence:INS/va1.23 @preuve:INS/va1.23.01.01
  Scénario: la nature du justificatif présenté est gardée
    Étant donné un patient que INSi connaît
    Quand l'utilisateur crée cette identité en indiquant le justificatif "passeport"
    Alors la fiche porte le justificatif "passeport"
