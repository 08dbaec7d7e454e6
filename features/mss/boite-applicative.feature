# language: fr
@service:mssante @vague:va1 @profil:general
Fonctionnalité: Le produit envoie d'une boîte et se fait répondre à une autre

  @exigence:MSS/va1.09 @preuve:MSS/va1.09.01.01
  Scénario: un courriel d'une boîte applicative le dit et donne la boîte où répondre
    Étant donné un patient qualifié et un professionnel correspondant
    Et un produit qui envoie depuis sa boîte applicative
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le courriel part de la boîte applicative et sa source satisfait à l'exigence

  @exigence:MSS/va1.09 @exigence:MSS/va1.18
  Scénario: la boîte où répondre à un courriel de la boîte applicative est celle qui est réglée
    Étant donné un patient qualifié et un professionnel correspondant
    Et un produit qui envoie depuis sa boîte applicative
    Et une autre boîte réglée pour le retour des professionnels
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le courriel porte l'adresse de retour réglée

  @exigence:MSS/va1.18 @preuve:MSS/va1.18.01.01
  Scénario: l'adresse de retour réglée pour les professionnels est celle du courriel
    Étant donné un patient qualifié et un professionnel correspondant
    Et une autre boîte réglée pour le retour des professionnels
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le courriel porte l'adresse de retour réglée

  @exigence:MSS/va1.18
  Scénario: l'adresse de retour réglée pour les patients n'est pas celle des professionnels
    Étant donné un patient qualifié dans le produit
    Et une boîte de retour pour les professionnels, une autre pour les patients
    Quand l'utilisateur valide un compte rendu de biologie destiné au patient
    Alors le courriel porte l'adresse de retour réglée pour les patients
