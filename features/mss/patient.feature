# language: fr
@service:mssante @vague:va1 @profil:general
Fonctionnalité: Le produit n'écrit à un patient que sous une identité qualifiée

  @exigence:MSS/va1.19 @preuve:MSS/va1.19.01.01
  Scénario: le patient est qualifié, son adresse est faite de son INS
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur écrit un courriel à ce patient
    Alors la source du courriel reçu par l'opérateur satisfait à l'exigence
    Et le courriel est dans la boîte de ce patient

  @exigence:MSS/va1.19 @preuve:MSS/va1.19.02.01
  Scénario: le patient n'est pas qualifié, l'envoi est bloqué et l'utilisateur le sait
    Étant donné un patient dont l'identité est "récupérée" dans le produit
    Quand l'utilisateur tente d'écrire un courriel à ce patient
    Alors le produit le refuse et dit que l'identité n'est pas qualifiée
    Et aucun courriel n'est parti pour ce patient

  @exigence:MSS/va1.19 @exigence:MSS/va1.01
  Scénario: le compte rendu d'un patient qui n'est pas qualifié ne lui est pas envoyé
    Étant donné un patient dont l'identité est "récupérée" dans le produit
    Quand l'utilisateur valide un compte rendu de biologie destiné au patient, si le produit l'accepte
    Alors aucun courriel n'est parti pour ce patient

  @exigence:MSS/va1.20 @preuve:MSS/va1.20.01.01
  Scénario: le patient refuse l'envoi à lui-même
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur enregistre que le patient refuse l'envoi à lui-même par MSSanté
    Et l'utilisateur valide un compte rendu de biologie destiné à ce professionnel et au patient
    Alors le professionnel a reçu le compte rendu, le patient non
    Et le produit montre que l'envoi au patient est bloqué, et pourquoi

  @exigence:MSS/va1.22 @preuve:MSS/va1.22.01.01
  Scénario: le patient refuse l'envoi aux professionnels
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur enregistre que le patient refuse l'envoi aux professionnels par MSSanté
    Et l'utilisateur valide un compte rendu de biologie destiné à ce professionnel et au patient
    Alors le patient a reçu le compte rendu, le professionnel non
    Et le produit montre que l'envoi au professionnel est bloqué, et pourquoi

  @exigence:MSS/va1.20 @exigence:MSS/va1.22
  Scénario: le patient revient sur son refus, les envois reprennent
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur enregistre que le patient refuse l'envoi aux professionnels par MSSanté
    Et l'utilisateur enregistre que le patient accepte à nouveau l'envoi aux professionnels par MSSanté
    Et l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le courriel est dans la boîte du professionnel
