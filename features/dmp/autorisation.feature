# language: fr
@service:dmp @vague:va2 @profil:general @exigence:DMP/UX.50
Fonctionnalité: L'autorisation de l'utilisateur est posée quand le patient ne s'oppose pas

  Après le test d'existence (TD0.2), l'autorisation qui manque est posée (TD0.3), et celle-là seulement.

  @preuve:DMP/UX.50.01.02
  Scénario: l'autorisation qui manque est posée après le test d'existence
    Étant donné un patient qualifié dans le produit
    Et le patient ne s'oppose pas à la consultation de son DMP
    Quand l'utilisateur demande l'accès au DMP du patient
    Alors l'autorisation de l'utilisateur a été posée une fois, après le test d'existence

  Scénario: une autorisation expirée est posée à nouveau
    Étant donné un patient qualifié dans le produit
    Et le patient ne s'oppose pas à la consultation de son DMP
    Quand l'utilisateur demande l'accès au DMP du patient
    Et l'autorisation de cet utilisateur a expiré
    Et l'utilisateur demande l'accès au DMP du patient
    Alors l'autorisation de l'utilisateur a été posée deux fois, après le test d'existence

  Scénario: une autorisation déjà là n'est pas posée à nouveau
    Étant donné un patient qualifié dans le produit
    Et le patient ne s'oppose pas à la consultation de son DMP
    Quand l'utilisateur demande l'accès au DMP du patient
    Et l'utilisateur demande l'accès au DMP du patient
    Alors l'autorisation de l'utilisateur a été posée une fois, après le test d'existence

  Scénario: rien n'est posé tant que le patient n'a pas dit son choix
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur demande l'accès au DMP du patient
    Alors aucune autorisation n'a été posée

  Scénario: rien n'est posé quand le patient s'oppose
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur enregistre que le patient s'oppose à la consultation de son DMP
    Et l'utilisateur demande l'accès au DMP du patient
    Alors aucune autorisation n'a été posée

  @guide @preuve:DMP/UX.50.01.01
  Scénario: l'appel contextuel demande l'accord avant de poser l'autorisation
    Étant donné un patient qualifié dans le produit
    Quand le testeur ouvre la consultation du DMP de ce patient par l'appel contextuel, sans autorisation posée
    Alors le testeur filme pour la preuve "DMP/UX.50.01.01" :
      | l'appel contextuel, et la question du produit : l'utilisateur a-t-il l'autorisation du patient ? |
      | l'accord confirmé par l'utilisateur                                                              |
      | les journaux du produit : TD0.2, puis TD0.3                                                      |
      | la non-opposition du patient, telle que le dossier la montre ensuite                              |

  Scénario: l'autorisation posée pour un utilisateur n'est pas celle de son collègue
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et un premier utilisateur du produit, inscrit à l'annuaire
    Et un second utilisateur du produit, inscrit à l'annuaire
    Et le patient ne s'oppose pas à la consultation de son DMP
    Quand le premier utilisateur consulte le DMP du patient
    Et le second utilisateur consulte le DMP du patient
    Alors le DMP a été consulté comme l'exigence le veut
