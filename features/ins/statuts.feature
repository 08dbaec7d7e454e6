# language: fr
@service:insi @vague:va1 @profil:general
Fonctionnalité: Le statut d'une identité dit ce qui la fonde

  Une identité est qualifiée quand INSi l'a rendue et qu'un titre à haut niveau de confiance a été vu : l'un sans
  l'autre ne suffit pas.

  @exigence:INS/va1.40 @exigence:INS/va1.54
  Scénario: sans titre à haut niveau de confiance, une identité rendue par INSi est récupérée
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors le produit a traité le retour d'INSi comme l'exigence le demande
    Et l'identité est "recuperee" avec son INS
    Quand l'utilisateur valide l'identité au vu du document "carte-vitale"
    Alors l'identité est "recuperee" avec son INS

  @exigence:INS/va1.54 @preuve:INS/va1.54.02.01
  Scénario: un titre vu après le retour d'INSi qualifie l'identité
    Étant donné un patient que INSi connaît
    Quand l'utilisateur crée cette identité avec les seuls champs obligatoires
    Alors l'identité est créée au statut "provisoire"
    Quand l'utilisateur "utilisateur-1" recherche l'identité du patient par traits
    Et l'utilisateur valide l'identité au vu du document "passeport"
    Alors l'identité est "qualifiee" avec son INS
    Et le journal des identités montre le passage de "provisoire" à "récupérée", sa date et son auteur
    Et le journal des identités montre le passage de "récupérée" à "qualifiée", sa date et son auteur

  @exigence:INS/va1.54 @exigence:INS/va1.40 @preuve:INS/va1.54.01.01
  Scénario: un retour d'INSi qualifie l'identité déjà validée par un titre
    Étant donné un patient que INSi connaît
    Quand l'utilisateur crée cette identité avec les seuls champs obligatoires
    Alors l'identité est créée au statut "provisoire"
    Quand l'utilisateur valide l'identité au vu du document "carte-identite"
    Alors l'identité est "validee", sans INS
    Quand l'utilisateur "utilisateur-1" recherche l'identité du patient par traits
    Alors le produit a traité le retour d'INSi comme l'exigence le demande
    Et l'identité est "qualifiee" avec son INS
    Et le journal des identités montre le passage de "provisoire" à "validée", sa date et son auteur
    Et le journal des identités montre le passage de "validée" à "qualifiée", sa date et son auteur

  @exigence:INS/va1.43
  Scénario: un titre à haut niveau de confiance, sans retour d'INSi, valide l'identité
    Étant donné un patient que INSi ne connaît pas, enregistré dans le produit
    Quand l'utilisateur valide l'identité au vu du document "titre-sejour"
    Alors l'identité est "validee", sans INS

  @exigence:INS/va1.43
  Scénario: un document sans haut niveau de confiance ne valide pas l'identité
    Étant donné un patient que INSi ne connaît pas, enregistré dans le produit
    Quand l'utilisateur valide l'identité au vu du document "carte-vitale"
    Et le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "01"
    Et le produit a traité le retour d'INSi comme l'exigence le demande
    Et l'identité est "provisoire", sans INS

  @exigence:INS/va1.55 @preuve:INS/va1.55.01.01
  Scénario: l'utilisateur valide l'identité de sa main, au vu du justificatif
    Étant donné un produit qui ne valide rien de lui-même
    Et un patient que INSi connaît
    Quand l'utilisateur crée cette identité sans justificatif
    Alors l'identité est créée au statut "provisoire"
    Quand l'utilisateur valide l'identité au vu du document "carte-identite"
    Alors l'identité est "validee", sans INS

  @exigence:INS/va1.55 @preuve:INS/va1.55.02.01
  Scénario: un justificatif à haut niveau de confiance valide seul l'identité, quand le produit le propose
    Étant donné la validation automatique activée, si le produit la propose
    Et un patient que INSi connaît
    Quand l'utilisateur crée cette identité en indiquant le justificatif "passeport"
    Alors l'identité est créée au statut "validee"

  @exigence:INS/va1.33 @preuve:INS/va1.33.01.01
  Scénario: la validation automatique se désactive
    Étant donné la validation automatique désactivée, si le produit la propose
    Et un patient que INSi connaît
    Quand l'utilisateur crée cette identité en indiquant le justificatif "passeport"
    Alors l'identité est créée au statut "provisoire"
    Et le testeur filme pour la preuve "INS/va1.33.01.01" :
      | le réglage de la validation automatique, puis sa désactivation           |
      | une identité créée ensuite avec un passeport, qui n'est pas validée seule |

  @exigence:INS/va1.26 @preuve:INS/va1.26.01.01
  Scénario: la liste des justificatifs et leur degré de confiance se règlent
    Étant donné le seul justificatif "passeport" réglé à haut niveau de confiance
    Et un patient que INSi connaît, enregistré dans le produit
    Quand l'utilisateur valide l'identité au vu du document "carte-identite"
    Alors l'identité est "provisoire", sans INS
    Quand l'utilisateur valide l'identité au vu du document "passeport"
    Alors l'identité est "validee", sans INS
    Et le testeur filme pour la preuve "INS/va1.26.01.01" :
      | le réglage des justificatifs : la liste, l'ajout ou le retrait d'un justificatif |
      | le degré de confiance donné à un justificatif, puis changé                       |
