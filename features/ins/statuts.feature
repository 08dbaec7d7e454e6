# language: fr
@service:insi @vague:va1 @profil:general
Fonctionnalité: Le statut d'une identité dit ce qui la fonde

  Une identité est qualifiée quand INSi l'a rendue et qu'un titre à haut niveau de confiance a été vu : l'un sans
  l'autre ne suffit pas.

  @exigence:INS/va1.40
  Scénario: sans titre à haut niveau de confiance, une identité rendue par INSi est récupérée
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors l'identité est "recuperee" avec son INS
    Quand l'utilisateur valide l'identité au vu du document "carte-vitale"
    Alors l'identité est "recuperee" avec son INS

  @exigence:INS/va1.54 @preuve:INS/va1.54.02.01
  Scénario: un titre vu après le retour d'INSi qualifie l'identité
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Et l'utilisateur valide l'identité au vu du document "passeport"
    Alors l'identité est "qualifiee" avec son INS

  @exigence:INS/va1.54 @preuve:INS/va1.54.01.01
  Scénario: un retour d'INSi qualifie l'identité déjà validée par un titre
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand l'utilisateur valide l'identité au vu du document "carte-identite"
    Alors l'identité est "validee", sans INS
    Quand le produit recherche son identité par traits
    Alors l'identité est "qualifiee" avec son INS
