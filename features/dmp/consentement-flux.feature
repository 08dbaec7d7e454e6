# language: fr
@service:dmp @service:hl7 @vague:va2 @profil:general @exigence:DMP/UX.06
Fonctionnalité: Le choix du patient sur son DMP arrive aussi du système qui le recueille

  Scénario: l'opposition que l'établissement a recueillie est suivie, puis sa levée
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et le patient ne s'oppose pas à la consultation de son DMP
    Quand le système de l'établissement fait savoir que le patient s'oppose à la consultation de son DMP
    Alors le choix du patient est "opposition", et le DMP ne peut pas être consulté
    Quand le système de l'établissement fait savoir que le patient ne s'oppose pas à la consultation de son DMP
    Alors le choix du patient est "accord", et le DMP peut être consulté
    Et le journal du produit garde chaque choix, sa date et son auteur
