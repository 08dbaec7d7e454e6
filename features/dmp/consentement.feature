# language: fr
@service:dmp @vague:va2 @profil:general @exigence:DMP/UX.06
Fonctionnalité: Le patient change d'avis à tout moment sur la consultation de son DMP

  @preuve:DMP/UX.06.01.01
  Scénario: une opposition est levée, puis dite à nouveau
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Quand l'utilisateur enregistre que le patient s'oppose à la consultation de son DMP
    Alors le choix du patient est "opposition", et le DMP ne peut pas être consulté
    Quand l'utilisateur enregistre que le patient ne s'oppose pas à la consultation de son DMP
    Alors le choix du patient est "accord", et le DMP peut être consulté
    Quand l'utilisateur enregistre que le patient s'oppose à la consultation de son DMP
    Alors le choix du patient est "opposition", et le DMP ne peut pas être consulté
    Et le journal du produit garde chaque choix, sa date et son auteur
