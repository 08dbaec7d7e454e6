# language: fr
@vague:va1 @profil:general @exigence:DOC/va1.28
Fonctionnalité: Le compte rendu dit qui l'a demandé, et à quelle adresse MSSanté

  @preuve:DOC/va1.28.01.01
  Scénario: le CDA N3 porte l'adresse MSSanté du demandeur
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie que ce professionnel a demandé
    Alors le CDA "N3" produit porte l'adresse MSSanté de ce demandeur

  Scénario: le CDA N1 porte l'adresse MSSanté du demandeur
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie que ce professionnel a demandé
    Alors le CDA "N1" produit porte l'adresse MSSanté de ce demandeur
