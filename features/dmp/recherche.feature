# language: fr
@service:dmp @vague:va2 @profil:general @exigence:DMP/UX.27
Fonctionnalité: La recherche dans le DMP combine plusieurs critères

  Chaque critère choisi est une métadonnée XDS de la requête (TD3.1) ; les documents actifs sont toujours demandés.

  @preuve:DMP/UX.27.01.01
  Plan du Scénario: la recherche combine <critères>
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et le patient ne s'oppose pas à la consultation de son DMP
    Quand l'utilisateur cherche dans le DMP en combinant <critères>
    Alors le DMP a été consulté comme l'exigence le veut
    Et la liste montre les documents qui répondent aux deux critères, et aucun autre

    Exemples:
      | critères                                       |
      | le type de document et sa date                 |
      | le type de document et la date de l'acte       |
      | la catégorie du document et son auteur         |
      | l'auteur et la date de l'acte                  |
      | la date de soumission et le type de document   |
