# language: fr
@service:dmp @vague:va2 @profil:general
Fonctionnalité: Ce que le DMP répond à une recherche est montré en entier, ou dit à l'utilisateur

  @exigence:DMP/UX.14 @exigence:DMP/UX.27
  Scénario: une recherche qui ne trouve rien le dit
    Étant donné un patient qualifié dans le produit
    Et le patient ne s'oppose pas à la consultation de son DMP
    Quand l'utilisateur affiche la liste des documents du DMP
    Alors le DMP a été consulté comme l'exigence le veut
    Et la liste est vide, et le produit le dit

  @exigence:DMP/UX.14 @exigence:DMP/UX.27
  Scénario: une liste de vingt et un documents est montrée en entier
    Étant donné un patient qualifié dans le produit
    Et vingt et un documents d'un autre professionnel dans son DMP
    Et le patient ne s'oppose pas à la consultation de son DMP
    Quand l'utilisateur affiche la liste des documents du DMP
    Alors le DMP a été consulté comme l'exigence le veut
    Et la liste montre les vingt et un documents

  @exigence:DMP/UX.14 @exigence:DMP/UX.27
  Plan du Scénario: une recherche que le DMP refuse est dite refusée (<situation>)
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et le patient ne s'oppose pas à la consultation de son DMP
    Et le DMP qui répond "<situation>" à toute recherche de ce patient
    Quand l'utilisateur tente de chercher des documents dans le DMP
    Alors le produit dit à l'utilisateur que le DMP a refusé, avec son code et son libellé

    Exemples:
      | situation         |
      | XDSTooManyResults |
      | XDSRegistryError  |

  @exigence:DMP/UX.14
  Scénario: un document que le DMP ne connaît plus est dit introuvable
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et le patient ne s'oppose pas à la consultation de son DMP
    Quand l'utilisateur affiche la liste des documents du DMP
    Et le DMP qui répond "XDSDocumentUniqueIdError" à toute lecture de ce patient
    Et l'utilisateur tente d'ouvrir un document de cette liste
    Alors le produit dit à l'utilisateur que le DMP a refusé, avec son code et son libellé
