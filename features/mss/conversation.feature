# language: fr
@service:mssante @vague:va1 @profil:general
Fonctionnalité: Le produit tient une conversation par MSSanté

  @exigence:MSS/va1.08 @preuve:MSS/va1.08.01.01
  Scénario: la réponse cite le courriel auquel elle répond
    Étant donné un courriel qu'un professionnel a écrit au laboratoire
    Quand le produit relève sa boîte
    Et l'utilisateur répond à ce courriel
    Alors la source de la réponse satisfait à l'exigence
    Et la réponse est dans la boîte de ce professionnel

  @exigence:MSS/va1.08
  Scénario: la réponse à une réponse cite toute la conversation
    Étant donné un courriel qu'un professionnel a écrit au laboratoire en suite de deux autres
    Quand le produit relève sa boîte
    Et l'utilisateur répond à ce courriel
    Alors la source de la réponse satisfait à l'exigence

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
