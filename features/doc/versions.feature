# language: fr
@vague:va1 @profil:general @exigence:DOC/va1.30
Fonctionnalité: Un compte rendu a plusieurs versions, chacune dans son CDA

  @preuve:DOC/va1.30.01.02
  Scénario: la nouvelle version d'un compte rendu remplace la précédente
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Et l'utilisateur corrige ce compte rendu et en valide une nouvelle version
    Alors le nouveau CDA N3 remplace l'ancien, et chacun satisfait à l'exigence
