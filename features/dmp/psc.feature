# language: fr
@service:dmp @service:psc @vague:va2 @profil:general
Fonctionnalité: Le DMP est appelé au nom de qui s'est connecté par Pro Santé Connect

  @exigence:DMP/PSC.01 @exigence:DMP/AIRS.06 @preuve:DMP/PSC.01.01.01
  Scénario: l'identité Pro Santé Connect est portée par chaque appel au DMP
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et le patient ne s'oppose pas à la consultation de son DMP
    Quand un premier professionnel se connecte au produit par Pro Santé Connect
    Et ce professionnel, qui a ouvert sa session par Pro Santé Connect, consulte le DMP du patient
    Alors chaque appel au DMP porte le numéro national de ce professionnel
    Et le journal du produit montre ce numéro pour la consultation du DMP
