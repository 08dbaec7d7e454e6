# language: fr
@service:mssante @vague:va1 @profil:general
Fonctionnalité: Un compte rendu validé part par MSSanté

  @exigence:MSS/va1.03 @preuve:MSS/va1.03.01.02
  Scénario: la connexion à l'opérateur est chiffrée et authentifiée par l'IGC-Santé
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors l'opérateur MSSanté a reçu le courriel sur une connexion TLS qui satisfait à l'exigence

  @exigence:MSS/va1.31 @preuve:MSS/va1.31.01.02
  Scénario: seule une version de TLS et une suite autorisées sont employées
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors l'opérateur MSSanté a reçu le courriel sur une connexion TLS qui satisfait à l'exigence

  @exigence:MSS/va1.12 @preuve:MSS/va1.12.01.01
  Scénario: le courriel porte un Message-ID conforme
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors la source du courriel reçu par l'opérateur satisfait à l'exigence

  @exigence:MSS/va1.11 @preuve:MSS/va1.11.01.01
  Scénario: le corps du courriel annonce son type et son jeu de caractères
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors la source du courriel reçu par l'opérateur satisfait à l'exigence

  @exigence:MSS/va1.16 @preuve:MSS/va1.16.01.01
  Scénario: l'expéditeur porte un libellé signifiant
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors la source du courriel reçu par l'opérateur satisfait à l'exigence

  @exigence:MSS/va1.15 @preuve:MSS/va1.15.01.01
  Scénario: l'accusé de réception est demandé
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors la source du courriel reçu par l'opérateur satisfait à l'exigence

  @exigence:MSS/va1.21 @preuve:MSS/va1.21.01.03
  Scénario: le professionnel reçoit l'archive IHE_XDM et le PDF
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors la source du courriel reçu par l'opérateur satisfait à l'exigence
    Et l'archive IHE_XDM jointe est conforme et son CDA est celui du compte rendu
    Et le courriel est dans la boîte du professionnel

  @exigence:MSS/va1.01 @preuve:MSS/va1.01.01.03
  Scénario: le patient qualifié reçoit le compte rendu à son adresse INS
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie destiné au patient
    Alors la source du courriel reçu par l'opérateur satisfait à l'exigence
    Et l'archive IHE_XDM jointe est conforme et son CDA est celui du compte rendu
