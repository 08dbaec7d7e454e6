# language: fr
@service:dmp @vague:va1 @profil:general
Fonctionnalité: L'alimentation du DMP dit la connexion secrète, quand il y en a une

  @exigence:DOC/va1.21
  Scénario: la connexion secrète demandée est dite au DMP
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu destiné au DMP, en connexion secrète
    Alors chaque alimentation du DMP dit la connexion secrète

  @exigence:DOC/va1.21
  Scénario: sans connexion secrète, l'alimentation n'en dit pas
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie destiné au DMP
    Alors aucune alimentation du DMP ne dit de connexion secrète
