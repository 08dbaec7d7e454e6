# language: fr
@vague:va1 @profil:general
Fonctionnalité: Les accès à une identité et ses changements laissent une trace

  @service:insi @exigence:INS/va1.39 @preuve:INS/va1.39.01.01
  Scénario: ouvrir la fiche d'un patient laisse une trace
    Étant donné un patient dont l'identité est "qualifiée" dans le produit
    Quand l'utilisateur ouvre la fiche du patient
    Alors le journal des identités montre l'accès à la fiche, sa date et son auteur

  @exigence:INS/va1.27 @preuve:INS/va1.27.01.01
  Scénario: modifier des traits d'une identité provisoire laisse des traces, chacune au nom de son auteur
    Étant donné un patient dont l'identité est "provisoire" dans le produit
    Quand deux utilisateurs modifient l'un le lieu de naissance, l'autre le nom utilisé
    Alors le journal des identités montre chaque modification, sa date, son auteur et ce qui a été fait
