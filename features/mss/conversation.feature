# language: fr
@service:mssante @vague:va1 @profil:general
Fonctionnalité: Le produit tient une conversation par MSSanté

  @exigence:MSS/va1.12
  Scénario: deux courriels ont deux identifiants
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur écrit deux courriels à ce professionnel
    Alors les deux courriels satisfont à l'exigence, chacun sous son identifiant

  @exigence:MSS/va1.11
  Scénario: un courriel mis en forme porte aussi le même texte sans mise en forme
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur écrit à ce professionnel un courriel mis en forme
    Alors la source de ce courriel satisfait à l'exigence

  @exigence:MSS/va1.16
  Scénario: un courriel écrit par une personne porte aussi un libellé signifiant
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur écrit un courriel à ce professionnel
    Alors la source de ce courriel satisfait à l'exigence

  @exigence:MSS/va1.15
  Scénario: l'utilisateur demande un accusé de réception pour un courriel qu'il écrit
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur écrit à ce professionnel un courriel dont il veut un accusé de réception
    Alors la source de ce courriel satisfait à l'exigence
