# language: fr
@service:mssante @vague:va1 @profil:general
Fonctionnalité: Les comptes rendus et leurs suites partent par MSSanté

  @exigence:MSS/va1.21 @preuve:MSS/va1.21.01.01 @preuve:MSS/va1.21.01.02 @preuve:MSS/va1.21.01.04
  Scénario: l'envoi aux professionnels suit la validation, sans autre geste
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le courriel est parti de lui-même, et le produit le montre transmis
    Et l'archive IHE_XDM et le PDF joints satisfont à l'exigence

  @exigence:MSS/va1.01 @preuve:MSS/va1.01.01.01 @preuve:MSS/va1.01.01.02 @preuve:MSS/va1.01.01.04
  Scénario: l'envoi au patient suit la validation, sans autre geste
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie destiné au patient
    Alors le courriel est parti de lui-même, et le produit le montre transmis
    Et l'archive IHE_XDM et le PDF joints satisfont à l'exigence

  @exigence:MSS/va1.36 @preuve:MSS/va1.36.01.01
  Scénario: dix correspondants reçoivent chacun leur courriel
    Étant donné un patient qualifié et dix professionnels correspondants
    Quand l'utilisateur inscrit ces dix correspondants au dossier du patient
    Et l'utilisateur valide un compte rendu de biologie destiné à tous ces correspondants
    Alors le dossier montre les dix correspondants
    Et chacun a reçu un courriel, et un seul, qui satisfait à l'exigence

  @exigence:MSS/va1.33 @preuve:MSS/va1.33.01.01
  Scénario: à l'hôpital, le compte rendu part aux professionnels quand l'utilisateur le choisit
    Étant donné un patient qualifié et un professionnel correspondant
    Et un produit qui n'envoie les comptes rendus que sur demande
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors aucun courriel n'est encore parti pour ce patient
    Quand l'utilisateur envoie ce compte rendu à ce professionnel
    Alors la source du courriel reçu par l'opérateur satisfait à l'exigence
    Et l'archive IHE_XDM et le PDF joints satisfont à l'exigence
    Et ce courriel est le seul qui soit parti

  @exigence:MSS/va1.32 @preuve:MSS/va1.32.01.01 @preuve:MSS/va1.32.01.04
  Scénario: un compte rendu partiel part, puis le compte rendu complet
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu partiel destiné à ce professionnel
    Et l'utilisateur complète le compte rendu envoyé
    Alors le professionnel a reçu le compte rendu partiel, puis le complet qui le remplace

  @exigence:MSS/va1.35 @preuve:MSS/va1.35.01.01 @preuve:MSS/va1.35.01.02
  Scénario: un compte rendu corrigé annule et remplace le premier
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Et l'utilisateur corrige le compte rendu envoyé
    Alors le professionnel a reçu le compte rendu, puis celui qui l'annule et le remplace

  @exigence:MSS/va1.37 @preuve:MSS/va1.37.01.01 @preuve:MSS/va1.37.01.02 @preuve:MSS/va1.37.01.03
  Scénario: la suppression d'un compte rendu est annoncée à tous ceux qui l'ont reçu
    Étant donné un patient qualifié et deux professionnels correspondants
    Quand l'utilisateur valide un compte rendu de biologie destiné à tous ces correspondants
    Et l'utilisateur supprime le compte rendu envoyé
    Alors chacun des correspondants a reçu un courriel qui annonce la suppression
    Et les courriels de suppression ne portent aucun document

  @exigence:MSS/va1.14 @preuve:MSS/va1.14.01.01
  Scénario: le produit montre l'accusé de réception du courriel
    Étant donné un patient qualifié et un professionnel correspondant
    Et un opérateur qui accuse réception des courriels
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Et l'opérateur a pris ce courriel
    Et le produit relève sa boîte
    Alors le produit montre que ce courriel a été reçu

  @exigence:MSS/va1.14
  Scénario: un courriel qui n'arrive pas n'est pas montré comme reçu
    Étant donné un patient qualifié dans le produit
    Et un espace de santé fermé pour ce patient
    Quand l'utilisateur valide un compte rendu de biologie destiné au patient
    Et l'opérateur a pris ce courriel
    Et le produit relève sa boîte
    Alors le produit montre que ce courriel n'est pas arrivé, et pourquoi
