# language: fr
@service:mssante @vague:va2 @profil:general
Fonctionnalité: Le produit suit le référentiel MSSanté des clients de messagerie

  @exigence:MSS/CONF.01 @preuve:MSS/CONF.01.01.01
  Scénario: la connexion emploie TLS 1.2 au moins
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors l'opérateur MSSanté a reçu le courriel sur une connexion TLS qui satisfait à l'exigence

  @exigence:MSS/CONF.03 @preuve:MSS/CONF.03.01.01
  Scénario: la connexion n'emploie qu'une suite admise
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors l'opérateur MSSanté a reçu le courriel sur une connexion TLS qui satisfait à l'exigence

  @exigence:MSS/CONF.14 @preuve:MSS/CONF.14.01.01
  Scénario: X-MSS-INS vaut O quand l'archive porte une INS qualifiée
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors la source du courriel reçu par l'opérateur satisfait à l'exigence

  @exigence:MSS/CONF.14
  Scénario: X-MSS-INS vaut N quand l'archive ne porte pas d'INS qualifiée
    Étant donné un patient dont l'identité est "récupérée" et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors la source du courriel reçu par l'opérateur satisfait à l'exigence

  @exigence:MSS/CONF.14 @exigence:MSS/CONF.15 @exigence:MSS/CONF.16
  Scénario: un courriel sans document ne porte que X-MSS-NIL
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur écrit un courriel à ce professionnel
    Alors la source de ce courriel satisfait à l'exigence

  @exigence:MSS/CONF.15 @preuve:MSS/CONF.15.01.01 @preuve:MSS/CONF.15.01.02 @preuve:MSS/CONF.15.01.03
  Scénario: X-MSS-CODECDA donne le code de chaque document
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors la source du courriel reçu par l'opérateur satisfait à l'exigence
    Et l'archive IHE_XDM et le PDF joints satisfont à l'exigence

  @exigence:MSS/CONF.16 @preuve:MSS/CONF.16.01.01
  Scénario: X-MSS-NIL porte la référence du produit
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors la source du courriel reçu par l'opérateur satisfait à l'exigence

  @exigence:MSS/CONF.18
  Scénario: la trace d'un échec porte la réponse de l'opérateur
    Étant donné un patient qualifié et un professionnel correspondant
    Et un opérateur qui refuse la boîte de ce professionnel
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le journal du produit montre l'envoi refusé et la réponse de l'opérateur

  @exigence:MSS/CONF.21 @preuve:MSS/CONF.21.01.01 @preuve:MSS/CONF.21.01.02
  Scénario: le professionnel ne veut pas de réponse du patient
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur écrit à ce patient un courriel qui n'attend pas de réponse
    Alors la source de ce courriel satisfait à l'exigence

  @exigence:MSS/CONF.21
  Scénario: le professionnel accepte une réponse du patient
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur écrit à ce patient un courriel qui peut recevoir une réponse
    Alors la source de ce courriel satisfait à l'exigence

  @exigence:MSS/CONF.23 @preuve:MSS/CONF.23.01.01 @preuve:MSS/CONF.23.01.02
  Scénario: un courriel ne concerne qu'un patient et porte l'archive et les PDF
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors la source du courriel reçu par l'opérateur satisfait à l'exigence
    Et l'archive IHE_XDM et le PDF joints satisfont à l'exigence

  @exigence:MSS/CONF.25 @preuve:MSS/CONF.25.01.01 @preuve:MSS/CONF.25.01.02
  Scénario: l'objet du courriel suit le format des documents de santé
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors la source du courriel reçu par l'opérateur satisfait à l'exigence

  @exigence:MSS/CONF.17 @exigence:MSS/CONF.18 @preuve:MSS/CONF.17.01.01 @preuve:MSS/CONF.17.01.02 @preuve:MSS/CONF.18.01.01
  Scénario: chaque action sur la messagerie laisse une trace complète
    Étant donné un patient qualifié et un professionnel correspondant
    Et un courriel que ce professionnel a écrit au laboratoire
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Et le produit relève sa boîte
    Et l'utilisateur supprime le courriel reçu
    Alors le journal du produit montre la connexion, l'envoi, la consultation et la suppression

  @exigence:MSS/CONF.24 @preuve:MSS/CONF.24.01.01 @preuve:MSS/CONF.24.01.02
  Scénario: un document reçu va au patient que ses métadonnées désignent
    Étant donné un patient qualifié dans le produit
    Et un document qu'un professionnel a envoyé au laboratoire pour ce patient
    Quand le produit relève sa boîte
    Alors le document est dans le dossier de ce patient

  @exigence:MSS/CONF.24
  Scénario: l'objet du courriel nomme un autre patient que les métadonnées
    Étant donné deux patients qualifiés dans le produit
    Et un document pour le premier, dont le courriel nomme le second
    Quand le produit relève sa boîte
    Alors le document n'est pas dans le dossier du second patient

  @exigence:MSS/CONF.24
  Scénario: un document dont le patient est inconnu attend un rapprochement
    Étant donné un document qu'un professionnel a envoyé pour un patient que le produit ne connaît pas
    Quand le produit relève sa boîte
    Alors le document attend qu'une personne le rapproche d'un patient

  @exigence:MSS/CONF.24
  Scénario: un compte rendu structuré reçu va au patient que ses métadonnées désignent
    Étant donné un patient qualifié dans le produit
    Et un compte rendu structuré qu'un professionnel a envoyé au laboratoire pour ce patient
    Quand le produit relève sa boîte
    Alors le document est dans le dossier de ce patient
