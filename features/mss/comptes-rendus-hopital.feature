# language: fr
@service:mssante @vague:va1 @profil:environnement-hospitalier
Fonctionnalité: À l'hôpital, le compte rendu part au patient quand un professionnel le choisit

  @exigence:MSS/va1.34 @preuve:MSS/va1.34.01.01
  Scénario: le compte rendu d'un séjour part au patient sur demande
    Étant donné un patient qualifié dans le produit
    Et un produit qui n'envoie les comptes rendus que sur demande
    Quand l'utilisateur valide un compte rendu de biologie destiné au patient
    Alors aucun courriel n'est encore parti pour ce patient
    Quand l'utilisateur envoie ce compte rendu à ce patient
    Alors la source du courriel reçu par l'opérateur satisfait à l'exigence
    Et l'archive IHE_XDM et le PDF joints satisfont à l'exigence
    Et ce courriel est le seul qui soit parti
