# language: fr
@service:mssante @vague:va2 @profil:general
Fonctionnalité: Le produit tient sa boîte et ce qu'elle lui apporte

  @exigence:MSS/CONF.06
  Scénario: les courriels d'un patient et d'un professionnel sont montrés, et lus dans la boîte
    Étant donné un patient qualifié dans le produit
    Et un document qu'un professionnel a envoyé au laboratoire pour ce patient
    Et une réponse que ce patient a écrite au laboratoire
    Quand le produit relève sa boîte
    Alors le produit montre ces deux courriels, chacun avec son expéditeur
    Et ces deux courriels sont lus dans la boîte de l'opérateur

  @exigence:MSS/CONF.17
  Scénario: le courriel supprimé n'est plus dans la boîte de l'opérateur
    Étant donné un courriel qu'un professionnel a écrit au laboratoire
    Quand le produit relève sa boîte
    Et l'utilisateur supprime le courriel reçu
    Alors le courriel n'est plus dans la boîte de l'opérateur

  @exigence:MSS/CONF.24
  Scénario: un document dont le patient n'est pas qualifié attend un rapprochement
    Étant donné un patient dont l'identité est "récupérée" dans le produit
    Et un document qu'un professionnel a envoyé au laboratoire pour ce patient
    Quand le produit relève sa boîte
    Alors le document attend qu'une personne le rapproche d'un patient

  @exigence:MSS/CONF.24
  Scénario: le même document reçu deux fois n'est intégré qu'une fois
    Étant donné un patient qualifié dans le produit
    Et un document qu'un professionnel a envoyé au laboratoire pour ce patient
    Quand le produit relève sa boîte
    Et le même document revient dans un autre courriel
    Et le produit relève sa boîte
    Alors le document n'est intégré qu'une fois

  @exigence:MSS/CONF.24
  Scénario: un document dont l'empreinte est fausse n'est pas intégré de lui-même
    Étant donné un patient qualifié dans le produit
    Et un document abîmé qu'un professionnel a envoyé au laboratoire pour ce patient
    Quand le produit relève sa boîte
    Alors aucun document de cet envoi n'est intégré de lui-même

  @exigence:MSS/CONF.24
  Scénario: un envoi qui concerne deux patients n'est pas intégré de lui-même
    Étant donné deux patients qualifiés dans le produit
    Et un document pour le premier, joint à un document pour le second
    Quand le produit relève sa boîte
    Alors aucun document de cet envoi n'est intégré de lui-même
