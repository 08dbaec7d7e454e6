# language: fr
@service:mssante @vague:va1 @profil:general
Fonctionnalité: Qui écrit au laboratoire sait ce que son courriel est devenu

  Rendre un accusé n'est pas imposé au produit (ECO.3.1.6) : qu'il n'en rende aucun est dit, et reste à vérifier. Celui
  qu'il rend suit la RFC 8098.

  @exigence:MSS/va1.14
  Scénario: l'accusé d'un document intégré
    Étant donné un patient qualifié dans le produit
    Et un document qu'un professionnel a envoyé au laboratoire pour ce patient
    Quand le produit relève sa boîte
    Alors l'accusé que le produit rend satisfait à l'exigence

  @exigence:MSS/va1.14
  Scénario: l'accusé d'un document dont le patient est inconnu dit l'échec et rend le document
    Étant donné un document qu'un professionnel a envoyé pour un patient que le produit ne connaît pas
    Quand le produit relève sa boîte
    Alors l'accusé que le produit rend satisfait à l'exigence

  @exigence:MSS/va1.14
  Scénario: sans accusé demandé, l'échec de l'intégration est dit par un courriel
    Étant donné un patient que INSi connaît
    Et un document qu'un professionnel a envoyé au laboratoire pour ce patient, sans demander d'accusé
    Quand le produit relève sa boîte
    Alors l'accusé que le produit rend satisfait à l'exigence

  @exigence:MSS/va1.14
  Scénario: l'accusé de lecture d'un message que l'utilisateur ouvre
    Étant donné un courriel qu'un professionnel a écrit au laboratoire, avec demande d'accusé de lecture
    Quand le produit relève sa boîte
    Et l'utilisateur ouvre le courriel reçu
    Alors l'accusé que le produit rend satisfait à l'exigence
