# language: fr
@service:dmp @vague:va2 @profil:general
Fonctionnalité: Le DMP s'emploie selon les règles de son guide

  @exigence:DMP/CONF.05 @preuve:DMP/CONF.05.01.01
  Scénario: alimenter et supprimer ne demandent pas l'autorisation qu'il faut pour consulter
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Quand l'utilisateur tente de consulter le DMP
    Alors le DMP n'a pas été consulté, et le produit en dit la raison
    Quand l'utilisateur valide un premier compte rendu destiné au DMP
    Et l'utilisateur supprime ce compte rendu du DMP
    Alors le DMP a reçu la suppression des deux documents
    Et la suite des appels au DMP satisfait au guide d'intégration

  @exigence:DMP/CONF.06 @preuve:DMP/CONF.06.01.01
  Scénario: rien n'est consulté avant que la non-opposition du patient soit enregistrée
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et un DMP que les utilisateurs du produit sont déjà autorisés à lire
    Quand l'utilisateur tente de consulter le DMP
    Alors le DMP n'a pas été consulté, et le produit en dit la raison
    Quand l'utilisateur enregistre que le patient ne s'oppose pas à la consultation de son DMP
    Alors le choix du patient est "accord", et le DMP peut être consulté
    Et le journal du produit garde chaque choix, sa date et son auteur

  @exigence:DMP/CONF.06
  Scénario: rien n'est consulté quand le patient s'oppose à la consultation
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et un DMP que les utilisateurs du produit sont déjà autorisés à lire
    Quand l'utilisateur enregistre que le patient s'oppose à la consultation de son DMP
    Alors le choix du patient est "opposition", et le DMP ne peut pas être consulté

  @exigence:DMP/CONF.03 @preuve:DMP/CONF.03.01.01
  Scénario: la suppression d'un document du DMP est possible, et sa procédure est documentée
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un premier compte rendu destiné au DMP
    Et l'utilisateur supprime ce compte rendu du DMP
    Alors le DMP a reçu la suppression des deux documents
    Et le testeur filme pour la preuve "DMP/CONF.03.01.01" :
      | l'accès à la documentation depuis le produit                             |
      | la procédure à suivre pour supprimer un document du DMP, affichée en entier |
