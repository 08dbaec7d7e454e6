# language: fr
@service:hl7 @vague:va1 @profil:esclave-identite @profil:environnement-hospitalier @exigence:RES/va1.01
Fonctionnalité: Les résultats validés partent aussi en messages structurés, d'un produit qui le propose

  Scénario: le message de résultats porte chaque analyse validée, avec sa valeur et son unité
    Étant donné un produit qui reçoit ses identités de son domaine
    Et un patient que INSi connaît
    Quand le référentiel de son domaine envoie l'identité qualifiée de ce patient
    Et l'identité reçue est "qualifiee" dans le produit
    Et l'utilisateur valide un compte rendu de biologie sans l'envoyer
    Et le produit émet un message HL7 sur ce patient
    Alors le message HL7 reçu du produit, si ce sont des résultats, porte chaque analyse validée
